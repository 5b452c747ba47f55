import ArgumentParser

/// How the files of a cohort are read.
struct FormatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read as this format rather than by content: h5mu, cbioportal, gdc, xena, linkedomics, mlomics, folder.",
      valueName: "name"))
  var format: String?

  @Option(help: ArgumentHelp("Layer of AnnData files in place of X.", valueName: "name"))
  var layer: String?

  @Option(
    help: ArgumentHelp("Embedding (obsm) of AnnData files in place of X.", valueName: "name"))
  var embedding: String?

  @Option(
    name: .customLong("transform"), parsing: .singleValue,
    help: ArgumentHelp(
      "Change of scale of an assay: log1p, clr, rank or none; repeatable.",
      valueName: "assay=name"))
  var transforms: [String] = []

  @Flag(help: "Read tables of mutations (MAF) of a study, as genes with or without a mutation.")
  var mutations = false

  @Option(
    help: ArgumentHelp(
      "Most bytes that a compressed file may hold (default: 8G or 1,000 times its size).",
      valueName: "size"))
  var maxUncompressed: String?

  static let keys = [
    "format", "layer", "embedding", "transform", "mutations", "maxUncompressed",
  ]
}

/// A number of bytes as it is typed: `4096`, `500M`, `8G`, `1.5GiB`.
struct ByteCount {
  let bytes: Int

  /// Parses a size; K, M, G and T are powers of 1,024. Nil for anything else, zero and above 2⁶².
  init?(_ text: String) {
    var rest = text.lowercased()[...]
    if rest.hasSuffix("ib") {
      rest = rest.dropLast(2)
    } else if rest.hasSuffix("b") {
      rest = rest.dropLast()
    }
    var factor = 1.0
    if let unit = rest.last, let power = "kmgt".firstIndex(of: unit) {
      factor = Double(1 << (10 * ("kmgt".distance(from: "kmgt".startIndex, to: power) + 1)))
      rest = rest.dropLast()
    }
    guard !rest.isEmpty, rest.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let number = Double(rest), case let size = (number * factor).rounded(),
      size >= 1, size <= 0x1p62
    else { return nil }
    bytes = Int(size)
  }
}
