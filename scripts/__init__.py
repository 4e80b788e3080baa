"""Running a whole desk on one machine: environments, settings, training, the four processes."""
