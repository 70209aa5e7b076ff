"""The verbs of accounts: register, confirm, sign in and out, set passwords, change addresses, keep licenses."""

from nok.accounts.service.credentials import (
    address_change_of,
    address_token,
    ask_address,
    ask_reset,
    change_password,
    confirm_address,
    person_of_reset,
    reset_password,
    reset_token,
)
from nok.accounts.service.licenses import add_license, change_license, remove_license
from nok.accounts.service.looking_up import look_up
from nok.accounts.service.passwords import hash_password
from nok.accounts.service.people import (
    add_person,
    change_profile,
    confirm_license_name,
    present_teacher,
    restore,
    set_role,
    shut_demo_accounts,
    suspend,
)
from nok.accounts.service.registration import CONFIRM_SECONDS, confirm, register
from nok.accounts.service.signing_in import (
    check_password,
    end_all_sign_ins,
    end_one_sign_in,
    end_sign_in,
    start_sign_in,
)

__all__ = [
    "CONFIRM_SECONDS",
    "add_license",
    "add_person",
    "address_change_of",
    "address_token",
    "ask_address",
    "ask_reset",
    "change_license",
    "change_password",
    "change_profile",
    "check_password",
    "confirm",
    "confirm_address",
    "confirm_license_name",
    "end_all_sign_ins",
    "end_one_sign_in",
    "end_sign_in",
    "hash_password",
    "look_up",
    "person_of_reset",
    "present_teacher",
    "register",
    "remove_license",
    "reset_password",
    "reset_token",
    "restore",
    "set_role",
    "shut_demo_accounts",
    "start_sign_in",
    "suspend",
]
