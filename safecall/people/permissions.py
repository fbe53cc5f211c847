"""Who may open what: one table, from the name of a page to the roles that may open it.

`PermissionMiddleware` enforces it and refuses whatever is not listed. `docs/permissions.md`
explains it to people; a test walks all addresses and fails on one that this table does not know.
"""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser

from safecall.people.models import User

Role = User.Role


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a page.

    `public`: anybody. `by_token`: the page itself looks at a token: the API at another system's and
    its scopes, an interpreter's page at that of a device on call.
    Otherwise the roles. `before_second_factor`: also while a required second factor is missing.
    """

    roles: frozenset[str] = frozenset()
    public: bool = False
    by_token: bool = False
    before_second_factor: bool = False

    @property
    def needs_sign_in(self) -> bool:
        """Whether only signed-in staff get past this rule."""
        return not (self.public or self.by_token)

    def allows(self, user: User | AnonymousUser) -> bool:
        """Whether this person may pass, as far as a role decides it."""
        if not self.needs_sign_in:
            return True
        return isinstance(user, User) and user.is_active and user.role in self.roles


def _roles(*roles: Role) -> Rule:
    return Rule(roles=frozenset(roles))


PUBLIC: Final = Rule(public=True)
BY_TOKEN: Final = Rule(by_token=True)
STAFF: Final = _roles(*Role)
HOUSE: Final = Rule(roles=STAFF.roles - {Role.INTERPRETER})
OWN_SIGN_IN: Final = Rule(roles=STAFF.roles, before_second_factor=True)
CALLS: Final = _roles(Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR)
CALLS_AND_RECORDS: Final = _roles(Role.CALL_TAKER, Role.DISPATCHER, Role.SUPERVISOR, Role.RECORDS)
SUPERVISION: Final = _roles(Role.SUPERVISOR)
RECORDS: Final = _roles(Role.SUPERVISOR, Role.RECORDS)
TEXTS: Final = _roles(Role.SUPERVISOR, Role.RECORDS, Role.ADMIN)

# "area:*" is the rule of an area; a page of its own goes before it.
RULES: Final[dict[str, Rule]] = {
    # Residents: no account, ever.
    "website:*": PUBLIC,
    # Other systems, by token.
    "api:*": BY_TOKEN,
    "api_docs": PUBLIC,
    # The directory of services, for whoever wants it.
    "hsds:*": PUBLIC,
    # Staff: signing in, and one's own password and second factor.
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_login_webauthn": PUBLIC,
    "account_change_password": OWN_SIGN_IN,
    "account_reauthenticate": OWN_SIGN_IN,
    "mfa_index": OWN_SIGN_IN,
    "mfa_reauthenticate": OWN_SIGN_IN,
    "mfa_reauthenticate_webauthn": OWN_SIGN_IN,
    "mfa_activate_totp": OWN_SIGN_IN,
    "mfa_deactivate_totp": OWN_SIGN_IN,
    "mfa_view_recovery_codes": OWN_SIGN_IN,
    "mfa_generate_recovery_codes": OWN_SIGN_IN,
    "mfa_download_recovery_codes": OWN_SIGN_IN,
    "mfa_list_webauthn": OWN_SIGN_IN,
    "mfa_add_webauthn": OWN_SIGN_IN,
    "mfa_edit_webauthn": OWN_SIGN_IN,
    "mfa_remove_webauthn": OWN_SIGN_IN,
    # The desk: taking calls and sending help.
    "desk:*": CALLS,
    "desk:wall": HOUSE,
    "desk:signed-in": STAFF,
    "desk:contact": CALLS_AND_RECORDS,
    "desk:changes": CALLS_AND_RECORDS,
    "desk:waiting": SUPERVISION,
    # An interpreter's own rings: signed in, or on a device that they keep on call.
    "interpreter:*": BY_TOKEN,
    "interpreter:device": STAFF,
    # Mentions of other authorities, and what happened to them.
    "desk:mentions": SUPERVISION,
    # Engagements: whoever takes calls or keeps records records them; a supervisor answers and sees.
    "desk:engagements": CALLS_AND_RECORDS,
    "desk:engagement": CALLS_AND_RECORDS,
    "desk:engagement-new": CALLS_AND_RECORDS,
    "desk:engagement-amend": CALLS_AND_RECORDS,
    "desk:engagement-step": CALLS_AND_RECORDS,
    "desk:engagement-ask": CALLS_AND_RECORDS,
    # The act looks at the rank that the department has chosen.
    "desk:engagement-answer": CALLS_AND_RECORDS,
    "desk:engagement-approve": CALLS_AND_RECORDS,
    "desk:engagement-seen": SUPERVISION,
    "desk:engagement-import": RECORDS,
    "desk:engagement-template": RECORDS,
    # What people say of us afterwards, and complaints.
    "desk:feedback": SUPERVISION,
    "desk:complaint": SUPERVISION,
    # Who waits for an interpreter; who interprets; how long it took.
    "desk:interpreting": SUPERVISION,
    "desk:times": SUPERVISION,
    "desk:times-csv": SUPERVISION,
    "desk:roster": SUPERVISION,
    "desk:roster-new": SUPERVISION,
    "desk:roster-person": SUPERVISION,
    "desk:roster-times": SUPERVISION,
    "desk:roster-new-vendor": SUPERVISION,
    "desk:roster-vendor": SUPERVISION,
    "desk:roster-import": SUPERVISION,
    "desk:roster-template": SUPERVISION,
    # How many interpreters are needed on call.
    "desk:staffing": SUPERVISION,
    "desk:staffing-csv": SUPERVISION,
    "desk:records": RECORDS,
    # Who can help: the directory of offices.
    "desk:directory": RECORDS,
    "desk:directory-new": RECORDS,
    "desk:directory-import": RECORDS,
    "desk:directory-service": RECORDS,
    "desk:directory-confirm": RECORDS,
    # What states and cities ask for, filled from the records.
    "desk:forms": RECORDS,
    "desk:form": RECORDS,
    "desk:form-file": RECORDS,
    # The department's own texts on the public pages, and better translations sent in.
    "desk:texts": TEXTS,
    "desk:text": TEXTS,
    "desk:text-new": TEXTS,
    "desk:text-write": TEXTS,
    "desk:text-act": TEXTS,
    "desk:suggestions": TEXTS,
}

# A person's first page is the first of these that they may open.
FIRST_PAGES: Final = ("desk:queue", "desk:records", "desk:wall", "interpreter:page")


def rule_for(name: str) -> Rule | None:
    """The rule of the page with this name (`desk:contact`); None where nobody listed it."""
    if name in RULES:
        return RULES[name]
    area, colon, _ = name.partition(":")
    return RULES.get(f"{area}:*") if colon else None


def may(user: User | AnonymousUser, name: str) -> bool:
    """Whether this person may open the page with this name; for menus and buttons."""
    rule = rule_for(name)
    return rule is not None and rule.allows(user)


def first_page(user: User | AnonymousUser) -> str:
    """The name of the page at which this person's work begins; an interpreter's is their own."""
    return next((name for name in FIRST_PAGES if may(user, name)), FIRST_PAGES[-1])
