namespace EmbeddedHost.Hosting;

/// <summary>
/// The host cannot start, for a reason that a person can mend: the message names what is wrong, what was expected
/// and what to do. It is printed without a stack trace.
/// </summary>
internal sealed class HostStartupException(string message, Exception? innerException = null) : Exception(message, innerException);
