from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "safecall.feedback"
    label = "feedback"
    verbose_name = "Feedback"
