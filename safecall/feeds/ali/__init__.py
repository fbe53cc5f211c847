"""Reading what an ALI controller or a 911 telephone system prints for each call (ANI/ALI spill)."""
