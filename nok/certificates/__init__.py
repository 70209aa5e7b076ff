"""Certificates: issued once, frozen, signed, open to anyone's check.

Five words: *facts* (what was true at issue, never read again from elsewhere), *serial*, *signed PDF* (kept with its
SHA-256), *verify* (a serial is valid, revoked or not found), *holder*. Publishes `CertificateIssued`,
`CertificateWaiting` (for the holder's name to be confirmed) and `CertificateRevoked`; hears `CourseCompleted` and
`LicenseNameConfirmed`.
"""
