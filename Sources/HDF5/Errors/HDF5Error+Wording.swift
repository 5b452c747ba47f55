extension HDF5Error.Code {
  /// What went wrong, in a few words.
  package var summary: String {
    switch self {
    case .notHDF5: "the file is not an HDF5 file"
    case .damaged: "a part of the file is damaged"
    case .missing: "a part of the file is missing"
    case .unexpectedKind: "a part of the file is not of the kind that is needed"
    case .unsupported: "a part of the file is stored in a way that is not supported"
    case .unknownFilter: "a dataset is compressed in a way that is not supported"
    case .leadsOutside: "a part of the file refers to somewhere else"
    case .tooLarge: "a part of the file would take more memory than its bytes can hold"
    case .notText: "a text is not UTF-8"
    case .notWritten: "the file cannot be written"
    }
  }

  /// What usually helps.
  var usualRemedy: String? {
    switch self {
    case .notHDF5, .damaged, .tooLarge: "copy or download the file again"
    case .missing, .unexpectedKind, .unsupported: "open the file with anndata and write it again"
    case .unknownFilter: "write the file again with compression=\"gzip\" or without compression"
    case .leadsOutside: "write the file again with everything in it"
    case .notText: "write the file again with UTF-8 names"
    case .notWritten: nil
    }
  }
}

extension HDF5Error: CustomStringConvertible {
  /// Summary, place, found and expected, in one line.
  package var description: String {
    var text = "\(path): \(code.summary)"
    if let found { text += "; found \(found)" }
    if let expected { text += "; expected \(expected)" }
    return text
  }
}
