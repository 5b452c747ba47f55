/// What a file in a cohort's folder is: a table, documentation, or something that nobody reads.
enum FileClassification {
  /// The file as a table; nil if it is none that can be read.
  ///
  /// Formats of a single table are recognized by content. Text with a known ending is delimited; text
  /// without one (`HiSeqV2.gz` of Xena) is, where a separator cuts header and rows alike.
  static func table(
    _ file: String, in folder: CohortFolder
  ) throws(CohortError) -> CohortInventory.TableFile? {
    guard !isDocumentation(file) else { return nil }
    let plain = TableFileName.withoutCompression(file)
    if let name = TableFileName(file) {
      // GCT and the like may come with the ending of a text.
      let reader = name.isCompressed ? nil : try reader(file, plain, folder)
      return CohortInventory.TableFile(
        file: file, stem: name.stem, format: reader?.format, name: name)
    }
    if let reader = try reader(file, plain, folder) {
      return CohortInventory.TableFile(
        file: file, stem: stem(plain, reader), format: reader.format,
        name: TableFileName(anyOf: file))
    }
    guard !foreignEndings.contains(ending(plain)), isDelimited(try folder.head(of: file)) else {
      return nil
    }
    let name = TableFileName(anyOf: file)
    return CohortInventory.TableFile(file: file, stem: name.stem, format: nil, name: name)
  }

  /// Files that belong to others: names beside an array.
  static func companions(among files: [String]) -> Set<String> {
    var companions = Set<String>()
    for file in files {
      let plain = TableFileName.withoutCompression(file)
      for reader in tableReaders where reader.usualExtensions.contains(ending(plain)) {
        companions.formUnion(reader.companions(of: stem(plain, reader)))
      }
    }
    return companions
  }

  private static func reader(
    _ file: String, _ plain: String, _ folder: CohortFolder
  ) throws(CohortError) -> (any TableReader)? {
    guard !tableReaders.isEmpty else { return nil }
    let head = try folder.head(of: file)
    return tableReaders.first { $0.recognizes(name: plain, head: head) }
  }

  private static func stem(_ plain: String, _ reader: any TableReader) -> String {
    reader.usualExtensions.contains(ending(plain))
      ? String(plain.dropLast(ending(plain).count + 1)) : plain
  }

  /// The part behind the last point, in lower case; empty without one.
  private static func ending(_ name: String) -> String {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }

  /// Whether the first lines are text that a separator cuts into equally many fields.
  private static func isDelimited(_ head: [UInt8]) -> Bool {
    guard !head.contains(0), let last = head.lastIndex(of: UInt8(ascii: "\n")) else { return false }
    let text = Array(head[...last])
    guard String(validating: text, as: UTF8.self) != nil else { return false }
    let preamble = TablePreamble(text)
    let separators = [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
    return separators.contains { separator in
      let lines = TextSample.lines(
        text, from: preamble.end, number: preamble.nextLine, separator: separator, limit: 20)
      let widths = Set(lines.map(\.fields.count))
      guard lines.count > 1, let width = lines.last?.fields.count, width > 1 else { return false }
      // R's header lacks a field.
      return widths == [width]
        || widths == [width, width - 1] && lines[0].fields.count == width - 1
    }
  }

  // MARK: - Files that are no tables

  /// Whether a file is passed over without a warning: hidden, documentation, code, pictures.
  static func isDocumentation(_ name: String) -> Bool {
    let upper = name.uppercased()
    return name.hasPrefix(".") || name == "SHA256SUMS"
      || ["README", "LICENSE", "LICENCE", "CHANGELOG", "NOTICE", "CITATION"].contains {
        upper.hasPrefix($0)
      } || documentEndings.contains(ending(name))
  }

  private static let documentEndings: Set<String> = [
    "md", "rst", "pdf", "html", "htm", "doc", "docx", "odt", "rtf", "ppt", "pptx", "png", "jpg",
    "jpeg", "svg", "gif", "tif", "tiff", "py", "r", "rmd", "qmd", "ipynb", "sh", "swift", "jl",
    "log", "json", "yaml", "yml", "toml", "ini", "xml", "bib", "sha256", "md5", "bak", "swp",
  ]

  /// Endings whose files are never taken for delimited text, whatever they hold.
  private static let foreignEndings = documentEndings.union([
    "parquet", "feather", "arrow", "xlsx", "xls", "ods", "numbers", "rds", "rda", "rdata", "bz2",
    "xz", "zst", "7z", "rar", "tar", "tgz", "zip", "bam", "sam", "cram", "vcf", "bcf", "bed", "gtf",
    "gff", "fa", "fasta", "fq", "fastq", "idat", "cel", "h5", "hdf5", "h5ad", "h5mu", "loom", "mtx",
    "npy", "npz", "db", "sqlite", "pkl", "pickle", "mat", "sas7bdat", "dta", "sav", "raw", "mzml",
    "maf", "seg", "gz",
  ])

  private static let sideTableNames: Set<String> = [
    "survival", "outcome", "outcomes", "phenotype", "phenotypes", "pheno", "phenodata", "metadata",
    "meta", "samplesheet", "samples", "sampleinfo", "sampleannotation", "annotation", "annotations",
    "followup", "demographics", "clinicaldata", "clinicalinfo", "patientinfo", "patients",
    "endpoints", "response", "vitalstatus", "targets",
  ]

  /// Whether a file of that stem describes patients or outcomes and is no assay.
  static func isNamedAsSideTable(_ stem: String) -> Bool {
    sideTableNames.contains(stem.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// Why nobody reads a file.
  static func whyUnread(_ file: String) -> String {
    let ending = ending(file)
    switch ending {
    case "xlsx", "xls", "ods", "numbers": return "spreadsheets are not read"
    case "bz2", "xz", "zst", "7z", "rar": return "this compression is not read"
    case "parquet", "feather", "arrow": return "columnar files are read through Python only"
    case "rds", "rda", "rdata": return "files of R are not read"
    case "zip": return "it holds more than one file, or none"
    case "": return "it is no table that is understood"
    default: return "'.\(ending)' is no format that is understood"
    }
  }

  /// What to do about a file that nobody reads.
  static func remedy(_ file: String) -> String {
    switch ending(file) {
    case "xlsx", "xls", "ods", "numbers": "save each sheet as CSV"
    case "bz2", "xz", "zst", "7z", "rar": "decompress it, or compress it by gzip"
    case "zip": "unpack it, or give the zip file itself as the cohort"
    case "rds", "rda", "rdata": "write the table with write.csv"
    case "gz": "give the file the name of its table, such as mrna.tsv.gz"
    default: "save the table as CSV or TSV"
    }
  }

  /// What can be read, for the message that nothing could.
  static var readable: String {
    (["csv", "tsv", "txt"] + tableReaders.flatMap(\.usualExtensions))
      .map { ".\($0)" }.joined(separator: ", ") + ", each also with .gz or .zip"
  }
}
