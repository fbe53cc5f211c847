"""How the fields of django-allauth's forms look here."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The field in this design, without a placeholder: the label above it says it already."""
    return field.as_widget(attrs={"class": "input", "placeholder": False})
