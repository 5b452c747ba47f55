import Foundation

/// Why a file could not be read or written, in the system's own words.
///
/// Errors of the targets above are made from it: it has no wording of its own beyond the cause.
package struct FileFault: Error, Equatable, Sendable {
  /// The kinds of fault.
  package enum Kind: Sendable {
    /// There is no such file or folder.
    case missing
    /// The file is there, but may not be opened or cannot be read.
    case unreadable
    /// A folder, pipe, socket or device where a regular file must be.
    case notRegular
    /// The file is larger than its reader accepts.
    case tooLarge
    /// The place cannot be written to: permission, a read-only file system, a name that is taken.
    case unwritable
    /// Writing began and failed: no space left, a quota, a broken disk.
    case writeFailed
  }

  /// The kind of fault.
  package let kind: Kind
  /// The path concerned.
  package let path: String
  /// The cause, for example `No space left on device`.
  package let cause: String

  package init(_ kind: Kind, _ path: String, _ cause: String) {
    self.kind = kind
    self.path = path
    self.cause = cause
  }

  /// The fault that an `errno` stands for when something is written: a lack of space or a failing
  /// disk is an input/output error, everything else says that this place cannot be written to.
  package static func writing(_ path: String, _ code: Int32) -> FileFault {
    let failures = [ENOSPC, EIO, EDQUOT, EFBIG, EPIPE, EBADF]
    return FileFault(failures.contains(code) ? .writeFailed : .unwritable, path, words(code))
  }

  /// The fault that an `errno` stands for when something is opened or read.
  package static func reading(_ path: String, _ code: Int32) -> FileFault {
    // Sockets cannot be opened, and a FIFO or device without its other side gives the same code.
    if code == ENXIO { return FileFault(.notRegular, path, "a socket or device") }
    return FileFault(code == ENOENT || code == ENOTDIR ? .missing : .unreadable, path, words(code))
  }

  /// What the system calls an `errno`.
  package static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
