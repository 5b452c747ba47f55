import HDF5

extension MuDataContent {
  /// Whether the root of a file is a MuData object.
  static func isMuData(_ root: HDF5Group) throws(HDF5Error) -> Bool {
    try root.attributes.text("encoding-type") == "MuData" || root.contains("mod")
  }

  /// Reads a MuData file, of its modalities only those that are asked for.
  ///
  /// - Throws: ``HDF5Error`` with the path in the file.
  init(
    _ root: HDF5Group, _ choice: AnnDataChoice, only asked: [String]? = nil
  ) throws(HDF5Error) {
    if let axis = try root.attributes.integers("axis"), axis != [0] {
      throw HDF5Error(
        .unexpectedKind, path: "/@axis", found: "\(axis)",
        expected: "0: modalities that share samples",
        remedy: "write modalities of the same samples with MuData(…, axis=0)")
    }
    guard let obs = try root.member("obs") else {
      throw HDF5Error(.missing, path: "/obs", expected: "a data frame")
    }
    let frame = try AnnDataFrame(obs)
    samples = frame.names
    (columns, skippedColumns) = try frame.allColumns()
    let parent = try root.requiredGroup("mod")
    let maps = try root.group("obsmap")
    var modalities = [Modality]()
    names = try Self.order(parent)
    for name in names where asked?.contains(name) ?? true {
      var content = try AnnDataContent(try parent.requiredGroup(name), choice)
      if let map = try maps?.dataset(name) {
        content.samples = try Self.samples(content, map, root: samples)
      }
      modalities.append(Modality(name: name, content: content))
    }
    self.modalities = modalities
  }

  /// Names of the modalities in the order of `mod-order`, those that it does not name after them.
  private static func order(_ parent: HDF5Group) throws(HDF5Error) -> [String] {
    let names = parent.names
    let listed = try parent.attributes.texts("mod-order") ?? []
    var seen = Set<String>()
    return (listed.filter { names.contains($0) } + names).filter { seen.insert($0).inserted }
  }

  /// The root's names for the samples of a modality.
  ///
  /// Entry i of the map is the position (from 1) of the root's sample i in the modality, 0 where
  /// the sample lacks it.
  private static func samples(
    _ content: AnnDataContent, _ map: HDF5Dataset, root: [String]
  ) throws(HDF5Error) -> [String] {
    // Some versions store the map as a column.
    let positions = try map.values.integers()
    guard positions.count == root.count else {
      throw HDF5Error(
        .damaged, path: map.path, found: "\(positions.count) positions",
        expected: "one for each of \(root.count) samples")
    }
    var names = [String?](repeating: nil, count: content.samples.count)
    for (sample, position) in positions.enumerated() where position != 0 {
      guard position >= 1, position <= names.count, names[position - 1] == nil else {
        throw HDF5Error(
          .damaged, path: map.path, found: "the position \(position)",
          expected: "each position from 1 to \(names.count) at most once")
      }
      names[position - 1] = root[sample]
    }
    return zip(names, content.samples).map { $0 ?? $1 }
  }
}
