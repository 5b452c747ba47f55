/// One `meta_*.txt` of a cBioPortal study: lines of `key: value`.
struct CBioPortalMeta {
  /// File name of the meta file.
  let file: String
  private let values: [String: String]

  /// Reads a meta file; nil where the text is none (no line `cancer_study_identifier: …`).
  ///
  /// - Throws: `malformedTable` where the bytes are no text.
  init?(_ bytes: [UInt8], file: String) throws(CohortError) {
    let text = try TabbedText(bytes, file: file, separator: UInt8(ascii: "\n"))
    var values = [String: String]()
    for line in text.content {
      let parts = try text.fields(line)[0].split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      values[Self.trimmed(parts[0]).lowercased()] = Self.trimmed(parts[1])
    }
    guard values["cancer_study_identifier"] != nil else { return nil }
    self.file = file
    self.values = values
  }

  private static func trimmed(_ text: Substring) -> String {
    String(
      text.trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
        .reversed())
  }

  /// The value of a key; empty where it is absent.
  subscript(_ key: String) -> String { values[key] ?? "" }

  var alterationType: String { self["genetic_alteration_type"].uppercased() }
  var datatype: String { self["datatype"].uppercased() }
  var stableID: String { self["stable_id"] }
  var dataFile: String { self["data_filename"] }

  /// Whether the columns of a generic assay are patients rather than samples.
  var isPatientLevel: Bool { self["patient_level"].lowercased() == "true" }

  /// Names of the columns that describe the rows of a generic assay.
  var entityProperties: [String] {
    self["generic_entity_meta_properties"].split(separator: ",")
      .map { Self.trimmed($0).lowercased() }
  }
}

/// A table of a cBioPortal study that is read as a modality.
struct CBioPortalProfile {
  let meta: CBioPortalMeta
  /// The modality's name.
  var name: String

  /// Names of modalities by type of alteration, where a study has one table of the type.
  static func shortName(_ meta: CBioPortalMeta) -> String {
    switch meta.alterationType {
    case "MRNA_EXPRESSION": "mrna"
    case "COPY_NUMBER_ALTERATION": "cna"
    case "METHYLATION": "methylation"
    case "MICRO_RNA_EXPRESSION": "mirna"
    case "PROTEIN_LEVEL": meta.stableID.lowercased().contains("rppa") ? "rppa" : "protein"
    case "MUTATION_EXTENDED": "mutations"
    default: meta.stableID
    }
  }

  /// Why a table is not read; nil where it is.
  static func reasonToPass(_ meta: CBioPortalMeta, readsMutations: Bool) -> String? {
    switch (meta.alterationType, meta.datatype) {
    case ("COPY_NUMBER_ALTERATION", "DISCRETE"), ("COPY_NUMBER_ALTERATION", "DISCRETE_LONG"),
      ("COPY_NUMBER_ALTERATION", "CONTINUOUS"), ("COPY_NUMBER_ALTERATION", "LOG2-VALUE"),
      ("MRNA_EXPRESSION", "CONTINUOUS"), ("MRNA_EXPRESSION", "DISCRETE"),
      ("MRNA_EXPRESSION", "Z-SCORE"), ("MICRO_RNA_EXPRESSION", "CONTINUOUS"),
      ("MICRO_RNA_EXPRESSION", "Z-SCORE"), ("METHYLATION", "CONTINUOUS"),
      ("PROTEIN_LEVEL", "LOG2-VALUE"), ("PROTEIN_LEVEL", "CONTINUOUS"),
      ("PROTEIN_LEVEL", "Z-SCORE"), ("GENERIC_ASSAY", "LIMIT-VALUE"), ("GENERIC_ASSAY", "BINARY"):
      return nil
    case ("MUTATION_EXTENDED", _):
      return readsMutations ? nil : "mutations are read with --mutations"
    default:
      return "\(meta.alterationType) \(meta.datatype) is no table of measurements"
    }
  }

  /// Whether the table was made from another one by scaling.
  var isZScore: Bool { meta.datatype == "Z-SCORE" }

  /// Chooses the tables of a study that are read, with their names, in the order of data files.
  ///
  /// Where a table and a z-scored one of the same type are both there, the table is taken. A modality
  /// has its short name where the study has one table of the type, else the table's `stable_id`.
  ///
  /// - Throws: `duplicateFile` where two meta files name one table, or two tables have one name.
  static func chosen(
    _ metas: [CBioPortalMeta], _ request: CohortRequest, _ notices: inout [CohortNotice]
  ) throws(CohortError) -> [CBioPortalProfile] {
    var candidates = [CBioPortalMeta]()
    for meta in metas {
      if let reason = reasonToPass(meta, readsMutations: request.readsMutations) {
        notices.append(.note("passed-over", "Not read: \(reason).", place: meta.dataFile))
      } else {
        candidates.append(meta)
      }
    }
    let plainTypes = Set(candidates.filter { $0.datatype != "Z-SCORE" }.map(\.alterationType))
    var kept = [CBioPortalMeta]()
    for meta in candidates {
      guard meta.datatype == "Z-SCORE" else {
        kept.append(meta)
        continue
      }
      if plainTypes.contains(meta.alterationType) {
        notices.append(
          .note(
            "z-score-twin", "Passed over: the table that it was scaled from is read instead.",
            place: meta.dataFile))
      } else {
        kept.append(meta)
        notices.append(
          .warning(
            "z-score",
            "The table holds z-scores, which were made over all samples at once: what is predicted "
              + "for a patient has seen the others.", place: meta.dataFile,
            remedy: "download the table of expression values, where the study has it"))
      }
    }
    kept.sort { $0.dataFile.precedes($1.dataFile) }
    let shortNames = kept.map(shortName)
    let profiles = kept.indices.map { index in
      let isAlone = shortNames.count { $0 == shortNames[index] } == 1
      return CBioPortalProfile(
        meta: kept[index], name: isAlone ? shortNames[index] : kept[index].stableID)
    }
    for (index, profile) in profiles.enumerated() {
      if let other = profiles[..<index].first(where: {
        $0.name == profile.name || $0.meta.dataFile == profile.meta.dataFile
      }) {
        throw CohortError(
          .duplicateFile, file: profile.meta.file,
          found: "\(other.meta.file) and \(profile.meta.file)",
          remedy: "give each its own data_filename and stable_id")
      }
    }
    return profiles
  }
}
