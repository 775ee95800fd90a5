"""Takes bundles to where the researchers fetch them: a folder, WebDAV, SFTP, S3, a stick."""
