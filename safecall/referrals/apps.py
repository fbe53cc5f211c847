from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "safecall.referrals"
    label = "referrals"
    verbose_name = "Referrals"
