import Cohort
import Testing

/// Files of a cohort in memory, by name.
typealias Files = [String: String]

/// Reads a cohort from texts in memory.
func read(
  _ files: Files, label: String? = nil, group: String? = nil, where filters: [String] = [],
  modalities: [String]? = nil, labels: CohortRequest.LabelUse = .required,
  knownFeatures: [String: [String]] = [:], threads: Int = 1
) throws -> Cohort {
  try read(
    bytes: files.mapValues { Array($0.utf8) }, label: label, group: group, where: filters,
    modalities: modalities, labels: labels, knownFeatures: knownFeatures, threads: threads)
}

/// Reads a cohort from bytes in memory.
func read(
  bytes files: [String: [UInt8]], label: String? = nil, group: String? = nil,
  where filters: [String] = [], modalities: [String]? = nil,
  labels: CohortRequest.LabelUse = .required, knownFeatures: [String: [String]] = [:],
  threads: Int = 1
) throws -> Cohort {
  let request = CohortRequest(
    source: .memory(name: "test", files: files), labelColumn: label, groupColumn: group,
    filters: try filters.map { text throws(CohortError) in try WhereFilter(parsing: text) },
    modalities: modalities, labels: labels, knownFeatures: knownFeatures, threads: threads)
  return try readCohort(request).cohort
}

/// The error of reading a cohort; fails the test if there is none.
func failure(
  _ files: Files, label: String? = nil, group: String? = nil, where filters: [String] = [],
  modalities: [String]? = nil, labels: CohortRequest.LabelUse = .required,
  location: SourceLocation = #_sourceLocation
) -> CohortError? {
  #expect(throws: CohortError.self, sourceLocation: location) {
    try read(
      files, label: label, group: group, where: filters, modalities: modalities, labels: labels)
  }
}

extension Cohort {
  /// A modality by name.
  func modality(_ name: String) throws -> ModalityTable {
    try #require(table.modalities.first { $0.name == name })
  }

  /// Labels as texts, nil where unlabelled.
  var labelTexts: [String?] {
    guard let outcome = nominalOutcome else { return [] }
    return outcome.labels.map { $0 < 0 ? nil : outcome.classes[$0] }
  }
}

/// A gzip member holding `content` in stored (uncompressed) blocks.
func gzipMember(_ content: [UInt8]) -> [UInt8] {
  var member: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  let starts = content.isEmpty ? [0] : Array(stride(from: 0, to: content.count, by: 65_535))
  for start in starts {
    let block = content[start..<min(start + 65_535, content.count)]
    let length = UInt16(block.count)
    member += [start + 65_535 >= content.count ? 1 : 0]
    member += littleEndian(UInt32(length), 2) + littleEndian(UInt32(~length), 2) + block
  }
  return member + littleEndian(crc32(content), 4) + littleEndian(UInt32(content.count), 4)
}

private func littleEndian(_ value: UInt32, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
  var remainder: UInt32 = .max
  for byte in bytes {
    remainder ^= UInt32(byte)
    for _ in 0..<8 {
      remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xedb8_8320 : remainder >> 1
    }
  }
  return ~remainder
}
