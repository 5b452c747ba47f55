/// The pattern of an identifier, to tell samples from what stands beside them.
enum IdentifierShape {
  /// Letters become `a`, digits `9`, runs of either count once; other characters stay: `TCGA-A1-01`
  /// is `a-a9-9`.
  static func of(_ name: String) -> String {
    var shape = ""
    for character in name {
      let mark: Character = character.isNumber ? "9" : character.isLetter ? "a" : character
      if mark != shape.last || mark != "9" && mark != "a" { shape.append(mark) }
    }
    return shape
  }
}

/// Words that name a column of identifiers, or an annotation of features.
enum IdentifierWords {
  private static let samples: Set<String> = [
    "sample", "samples", "sampleid", "sampleids", "samplename", "sampletitle", "samplebarcode",
    "patient", "patients", "patientid", "patientbarcode", "bcrpatientbarcode",
    "barcode", "barcodes", "subject", "subjectid", "submitterid", "participant", "participantid",
    "case", "caseid", "casesubmitterid", "individual", "individualid", "cellid", "cell",
    "specimen", "specimenid", "donor", "donorid", "id",
  ]
  private static let annotations: Set<String> = [
    "hugosymbol", "entrezgeneid", "entrezid", "geneid", "genesymbol", "genename", "gene",
    "genetype", "genebiotype", "biotype", "symbol", "description", "cytoband", "chr", "chrom",
    "chromosome", "start", "end", "strand", "length", "genelength", "ensembl", "ensemblid",
    "ensemblgeneid", "transcriptid", "probe", "probeid", "locusid", "locus", "compositeelementref",
    "accession", "uniprot", "uniprotid", "annotation", "class", "pathway", "mz", "rt",
    "retentiontime", "mean", "median", "sd", "variance", "pvalue", "qvalue", "padj", "fdr",
    "logfc", "log2foldchange", "basemean", "score", "rank", "total", "sum", "gc", "gccontent",
  ]

  /// Whether a column of that name holds identifiers of samples.
  static func isSampleWord(_ name: String) -> Bool { samples.contains(bare(name)) }

  /// Whether a row or column of that name describes features and is no sample.
  static func isAnnotationWord(_ name: String) -> Bool { annotations.contains(bare(name)) }

  /// Letters and digits alone, lowercase.
  private static func bare(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
