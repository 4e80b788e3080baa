"""The content team's desk and commands: publish, compare, evaluate, gaps. Imports every room but `tuning`."""
