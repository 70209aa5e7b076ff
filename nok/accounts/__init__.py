"""People: who they are, how they sign in, what they may be, and the licenses they hold.

Five words: *person* (an account), *license name* (the name a certificate carries), *role* (student, teacher, operator),
*sign-in* (one browser's session, a row that can be ended), *registration* (an account asked for and not yet confirmed).

Publishes `RegistrationRequested`, `RegistrationRepeated`, `PersonRegistered`, `PasswordResetRequested`,
`PasswordChanged`, `AddressChangeRequested`, `AddressChanged` and `LicenseNameConfirmed`.
"""
