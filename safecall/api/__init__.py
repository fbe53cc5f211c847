"""The JSON API: the door for computer-aided dispatch, telephone and other systems."""
