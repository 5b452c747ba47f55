import Foundation

/// Which file a path leads to, by device and inode: two paths to one file, also through links, have
/// one identity.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  /// Identity of what a path leads to, links followed; nil if nothing is there.
  package init?(path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    self.init(facts)
  }

  /// Identity of an open file.
  package init?(descriptor: Int32) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { return nil }
    self.init(facts)
  }

  private init(_ facts: stat) {
    device = UInt64(facts.st_dev)
    inode = UInt64(facts.st_ino)
  }
}

/// What stands at a path itself, a link not followed.
package enum FileEntry: Equatable, Sendable {
  /// Nothing.
  case absent
  /// A regular file, or a link to one or to nothing.
  case file
  /// Anything else, in words.
  case special(String)

  /// Looks at a path. A link counts as what it leads to.
  package init(path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else {
      self = .absent
      return
    }
    if facts.st_mode & S_IFMT == S_IFLNK {
      var target = stat()
      guard stat(path, &target) == 0 else {
        self = .file
        return
      }
      facts = target
    }
    self = RegularFile.specialKind(facts.st_mode).map { .special($0) } ?? .file
  }
}
