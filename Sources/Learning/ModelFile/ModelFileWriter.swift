import Boundary
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
    let header: Data
    do {
      header = Data(try ModelFileHeader(archive, remarks: remarks).bytes())
    } catch {
      throw ArchiveError(.writeFailed, at: path, found: error.localizedDescription)
    }
    let aside = AsideFiles()
    do throws(FileFault) {
      try aside.write(path) { (chunk) throws(FileFault) in
        try AsideFiles.pass(header, chunk)
        for tensor in archive.tensors {
          try AsideFiles.pass(Data(LittleEndianDoubles.bytes(of: tensor.values)), chunk)
        }
      }
      try aside.commit()
    } catch {
      aside.discard()
      throw ArchiveError(
        error.kind == .writeFailed ? .writeFailed : .unwritable, at: path, found: error.cause)
    }
  }
}
