"""The demonstration's policy: the model, written by one invented person, published by another."""

from typing import Final

from safecall.people.models import User
from safecall.texts import actions, selectors
from safecall.texts.models import Version

NAME: Final = Version.Name.POLICY.value
FIRST: Final = "The first version. It is part of the demonstration, and no department's own."


def make_policy() -> None:
    """Publish the model where the demonstration has no policy yet."""
    if Version.objects.filter(name=NAME).exists():
        return
    clerk = User.objects.get(username="records")
    supervisor = User.objects.get(username="supervisor")
    draft = actions.write(clerk, NAME, "en", selectors.model_policy(), changed=FIRST)
    actions.publish(supervisor, actions.propose(clerk, draft))
