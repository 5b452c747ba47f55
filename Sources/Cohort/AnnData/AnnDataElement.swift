import HDF5

/// Columns by their encoding, as texts with nil for missing.
///
/// A dataset is an `array` or `string-array`; a group is `categorical` (codes and categories, -1 is
/// missing) or `nullable-integer`, `nullable-boolean`, `nullable-string-array` (values and mask).
enum AnnDataElement {
  /// Texts of a dataset with one dimension, nil if it holds neither numbers nor texts.
  static func texts(_ dataset: HDF5Dataset) throws(HDF5Error) -> [String?]? {
    guard dataset.shape.count == 1 else {
      throw HDF5Error(
        .unexpectedKind, path: dataset.path, found: "\(dataset.shape.count) dimensions",
        expected: "one dimension")
    }
    switch dataset.values.kind {
    case .integer: return try dataset.values.integers().map { String($0) }
    case .float: return try dataset.values.numbers().map { AnnDataText.text($0) }
    case .boolean: return try dataset.values.booleans().map { AnnDataText.text($0) }
    case .text: return try dataset.values.texts()
    case .other: return nil
    }
  }

  /// Texts of a group, nil if its encoding is not known.
  static func texts(_ group: HDF5Group) throws(HDF5Error) -> [String?]? {
    switch try group.attributes.text("encoding-type") {
    case "categorical":
      guard let categories = try group.member("categories") else {
        throw HDF5Error(.missing, path: group.path(of: "categories"), expected: "categories")
      }
      return try categorical(codes: group.requiredDataset("codes"), categories: categories)
    case "nullable-integer", "nullable-boolean", "nullable-string-array":
      let values = try group.requiredDataset("values")
      let mask = try group.requiredDataset("mask").values.booleans()
      guard let texts = try texts(values) else { return nil }
      guard texts.count == mask.count else {
        throw HDF5Error(
          .unexpectedKind, path: group.path, found: "\(texts.count) values, \(mask.count) masks",
          expected: "one mask a value")
      }
      return zip(texts, mask).map { $1 ? nil : $0 }
    default: return nil
    }
  }

  /// Texts of a categorical column: code -1 is missing, code i is category i.
  static func categorical(
    codes: HDF5Dataset, categories: HDF5Node
  ) throws(HDF5Error) -> [String?]? {
    let names: [String?]?
    switch categories {
    case .dataset(let dataset): names = try texts(dataset)
    case .group(let group): names = try texts(group)
    case .other: names = nil
    }
    guard let names else { return nil }
    let numbers = try codes.values.integers()
    guard codes.shape.count == 1, numbers.allSatisfy({ $0 >= -1 && $0 < names.count }) else {
      throw HDF5Error(
        .damaged, path: codes.path, found: "a code without a category",
        expected: "codes from -1 to \(names.count - 1)")
    }
    return numbers.map { $0 < 0 ? nil : names[$0] }
  }
}
