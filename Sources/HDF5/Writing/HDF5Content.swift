/// Values to be written as a dataset or an attribute.
package enum HDF5Content: Equatable, Sendable {
  /// Doubles in an array of a shape, rows as stored.
  case numbers([Double], shape: [Int])
  /// Integers of 64 bits with a sign.
  case integers([Int])
  /// Integers of 32 bits without a sign.
  case positions([UInt32])
  /// Integers of 32 bits with a sign.
  case codes([Int32])
  /// Booleans as h5py writes them.
  case booleans([Bool])
  /// Texts of variable length.
  case texts([String])
  /// One text.
  case text(String)
  /// One integer.
  case integer(Int)
  /// One boolean.
  case boolean(Bool)
}

/// A group or dataset to be written, with its attributes.
package indirect enum HDF5Item: Sendable {
  /// Members and attributes, each with its name.
  case group([(String, HDF5Item)], attributes: [(String, HDF5Content)])
  /// Values and attributes.
  case dataset(HDF5Content, attributes: [(String, HDF5Content)])
}
