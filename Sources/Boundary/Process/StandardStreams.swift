import Foundation

/// Standard input, output and error, made safe before anything else is opened.
package enum StandardStreams {
  /// Occupies descriptors 0 to 2 that are closed with the null device, so that no file that is
  /// opened later takes their number and receives progress lines or answers; and ignores SIGPIPE, so
  /// that a closed pipe is an error code and not the end of the process.
  ///
  /// To be called first in `main`.
  ///
  /// - Returns: whether standard output was closed: an answer can then not be given.
  package static func secure() -> Bool {
    signal(SIGPIPE, SIG_IGN)
    let wasOutputClosed = isClosed(STDOUT_FILENO)
    // The lowest free number is taken, so in ascending order each closed one is filled.
    for descriptor in STDIN_FILENO...STDERR_FILENO where isClosed(descriptor) {
      let null = open("/dev/null", O_RDWR)
      // Where even the null device lacks (a bare container), a folder occupies the number as well.
      if null < 0 { _ = open("/", O_RDONLY) }
    }
    return wasOutputClosed
  }

  private static func isClosed(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) == -1 && errno == EBADF
  }
}
