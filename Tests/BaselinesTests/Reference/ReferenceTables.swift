import CDeflate
import Cohort
import Foundation
import LinearAlgebra
import Testing

/// Reads a reference cohort without the library's own reader: gzipped CSV files with the same
/// patients in the same order, an empty cell being missing.
func referenceCohort(_ name: String, folder: URL, modalities: [String]) throws -> Cohort {
  func records(_ text: String) -> [[Substring]] {
    text.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }
  let labels = try records(
    String(contentsOf: folder.appending(path: "labels.csv"), encoding: .utf8)
  ).dropFirst()
  let tables = try modalities.map { modality in
    let rows = records(try inflated(folder.appending(path: "\(modality).csv.gz")))
    try #require(rows.dropFirst().map(\.first) == labels.map(\.first))
    return ModalityTable(
      name: modality, featureNames: rows[0].dropFirst().map(String.init),
      values: Matrix(rows.dropFirst().map { $0.dropFirst().map { Double($0) ?? .nan } }))
  }
  return Cohort(
    name: name,
    table: PatientTable(patients: labels.map { String($0[0]) }, modalities: tables),
    outcome: .nominal(
      NominalOutcome(column: "label", texts: labels.map { String($0[1]) })))
}

/// Text of a gzip file of one member.
private func inflated(_ url: URL) throws -> String {
  let packed = try Data(contentsOf: url)
  // The last four bytes tell the unpacked length.
  let length = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  let decompressor = try #require(libdeflate_alloc_decompressor())
  defer { libdeflate_free_decompressor(decompressor) }
  var text = [UInt8](repeating: 0, count: length)
  let result = packed.withUnsafeBytes { input in
    text.withUnsafeMutableBytes { output in
      libdeflate_gzip_decompress(
        decompressor, input.baseAddress, input.count, output.baseAddress, output.count, nil)
    }
  }
  try #require(result == LIBDEFLATE_SUCCESS)
  return String(decoding: text, as: UTF8.self)
}
