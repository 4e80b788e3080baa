"""What others may send to the knowledge service and what they get. Pydantic only; imports nothing of ours."""
