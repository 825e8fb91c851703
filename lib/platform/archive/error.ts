/** A file cannot be read or used; `message` is what to tell whoever runs the command. */
export class ArchiveError extends Error {}
