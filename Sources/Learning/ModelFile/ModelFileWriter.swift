import Foundation
import LinearAlgebra

/// Writes archives as model files.
public enum ModelFileWriter {
  /// Writes a file aside and renames it into its place, so that a half-written one never stands there.
  ///
  /// - Parameters:
  ///   - archive: tensors and texts.
  ///   - remarks: further texts under `__metadata__`.
  ///   - path: where the file is to stand; one that is there is replaced.
  /// - Throws: `ArchiveError` `.unwritable` or `.writeFailed`; then nothing has changed.
  public static func write(
    _ archive: ArchiveWriter, remarks: [String: String], to path: String
  ) throws(ArchiveError) {
    let target = URL(filePath: path, directoryHint: .notDirectory)
    let aside = target.deletingLastPathComponent()
      .appending(path: ".\(target.lastPathComponent).partial", directoryHint: .notDirectory)
      .path(percentEncoded: false)
    guard FileManager.default.createFile(atPath: aside, contents: nil) else {
      throw ArchiveError(.unwritable, at: path, found: String(cString: strerror(errno)))
    }
    do {
      let handle = try FileHandle(forWritingTo: URL(filePath: aside))
      try handle.write(contentsOf: Data(ModelFileHeader(archive, remarks: remarks).bytes()))
      for tensor in archive.tensors {
        try handle.write(contentsOf: Data(LittleEndianDoubles.bytes(of: tensor.values)))
      }
      try handle.synchronize()
      try handle.close()
      guard rename(aside, target.path(percentEncoded: false)) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: aside)
      throw ArchiveError(.writeFailed, at: path, found: error.localizedDescription)
    }
  }
}
