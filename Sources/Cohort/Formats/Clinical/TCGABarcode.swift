/// Barcodes of TCGA, TARGET and other GDC projects: project, site, participant, then the kind of sample.
///
/// `TCGA-A1-A0SB-01A-11R-…`: the first three parts name the patient, the first two digits of the fourth
/// the kind of sample (01 primary tumor, 06 metastasis, 11 normal tissue). Source: GDC's code tables.
struct TCGABarcode: Equatable {
  /// `TCGA-A1-A0SB`.
  let patient: String
  /// `01`, or nil where the barcode ends with the patient.
  let sampleType: String?

  /// Takes a barcode apart, written with dashes or (after R's `make.names`) points; nil for another
  /// name.
  init?(_ name: String) {
    let parts = name.split(whereSeparator: { $0 == "-" || $0 == "." })
    guard parts.count >= 3, ["TCGA", "TARGET", "CPTAC", "HCMI"].contains(parts[0].uppercased()),
      parts[1].count == 2, (4...10).contains(parts[2].count)
    else { return nil }
    patient = parts[0..<3].joined(separator: "-")
    guard parts.count > 3 else {
      sampleType = nil
      return
    }
    let digits = parts[3].prefix(2)
    guard digits.count == 2, digits.allSatisfy(\.isNumber) else { return nil }
    sampleType = String(digits)
  }

  /// Whether the sample is the primary tumor (solid, from blood or from bone marrow), or nothing says
  /// otherwise.
  var isPrimary: Bool { sampleType.map { ["01", "03", "09"].contains($0) } ?? true }

  /// What samples of a kind are, for messages.
  static func word(_ sampleType: String) -> String {
    switch sampleType {
    case "02", "04", "40": "recurrent tumor"
    case "05": "further primary tumor"
    case "06", "07": "metastasis"
    case "10", "11", "12", "13", "14": "normal"
    case "20": "control"
    case "50", "60", "61": "cell line or xenograft"
    default: "of kind \(sampleType)"
    }
  }
}

/// Chooses one primary sample a patient among the columns of a matrix.
struct PrimarySamples {
  /// Positions of the samples that are kept, in their order.
  private(set) var positions = [Int]()
  /// Their patients; other names as they are.
  private(set) var names = [String]()
  /// What was left out.
  private(set) var notices = [CohortNotice]()

  /// Keeps primary tumors, and of several of one patient the first by name.
  init(_ samples: [String], file: String) {
    var left = [String: Int]()
    var best = [String: Int]()
    var repeated = [String]()
    for (position, sample) in samples.enumerated() {
      guard let barcode = TCGABarcode(sample) else { continue }
      if let type = barcode.sampleType, !barcode.isPrimary {
        left[type, default: 0] += 1
      } else if let other = best[barcode.patient] {
        repeated.append(sample.precedes(samples[other]) ? samples[other] : sample)
        if sample.precedes(samples[other]) { best[barcode.patient] = position }
      } else {
        best[barcode.patient] = position
      }
    }
    for (position, sample) in samples.enumerated() {
      guard let barcode = TCGABarcode(sample) else {
        positions.append(position)
        names.append(sample)
        continue
      }
      guard best[barcode.patient] == position else { continue }
      positions.append(position)
      names.append(barcode.patient)
    }
    note(left, repeated, of: samples.count, file)
  }

  private mutating func note(
    _ left: [String: Int], _ repeated: [String], of count: Int, _ file: String
  ) {
    if !left.isEmpty {
      let list = left.keys.sorted().map { type in
        "\(left[type] ?? 0) \(TCGABarcode.word(type)) (-\(type))"
      }
      notices.append(
        .warning(
          "other-samples",
          "\(left.values.reduce(0, +)) of \(count) samples are no primary tumors and were left out: "
            + list.joined(separator: ", ") + ".",
          place: file))
    }
    if !repeated.isEmpty {
      notices.append(
        .warning(
          "several-samples",
          "\(repeated.count) further sample\(repeated.count == 1 ? "" : "s") of patients that are there "
            + "already \(repeated.count == 1 ? "was" : "were") left out "
            + "(\(CohortError.listing(repeated.map(CohortError.quoting)))).",
          place: file))
    }
  }
}
