import Foundation

/// Writing to open descriptors.
package enum Descriptor {
  /// Writes all bytes, continuing after interruptions and short writes; waits where a descriptor
  /// that does not block is full.
  ///
  /// - Returns: whether all were written; if not, `errno` says why.
  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
      if count >= 0 {
        // A device that takes nothing and says nothing would be asked for ever.
        if count == 0 {
          errno = EIO
          return false
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Writes text as UTF-8.
  package static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }
}
