"""The operator's console: people, courses, enrollments, certificates, work that failed, and who did what to whom."""
