import Foundation

/// Standard input, output and error, made safe before anything else is opened.
package enum StandardStreams {
  private static let closed = Guarded(false)

  /// Whether standard output was closed when the process began: an answer can then not be given.
  package static var isOutputClosed: Bool { closed.value }

  /// Occupies descriptors 0 to 2 that are closed with the null device, so that no file that is
  /// opened later takes their number and receives progress lines or answers; and ignores SIGPIPE and
  /// SIGXFSZ, so that a closed pipe and a limit on file sizes are error codes and not the end of the
  /// process.
  ///
  /// To be called first in `main`.
  package static func secure() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    closed.value = isClosed(STDOUT_FILENO)
    // The lowest free number is taken, so in ascending order each closed one is filled.
    for descriptor in STDIN_FILENO...STDERR_FILENO where isClosed(descriptor) {
      let null = open("/dev/null", O_RDWR)
      // Where even the null device lacks (a bare container), a folder occupies the number as well.
      if null < 0 { _ = open("/", O_RDONLY) }
    }
  }

  private static func isClosed(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) == -1 && errno == EBADF
  }
}
