/// An optional value whose key is always written: `null` where there is none.
///
/// Readers of `summary.json` can rely on every documented key; the synthesised coding of an
/// optional would leave the key out.
@propertyWrapper
public struct NullableField<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  /// The value, if there is one.
  public var wrappedValue: Value?

  /// A field with that value.
  public init(wrappedValue: Value?) {
    self.wrappedValue = wrappedValue
  }

  /// Reads the value or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  /// Writes the value or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}

extension KeyedDecodingContainer {
  /// Reads a field that other writers may have left out.
  public func decode<Value>(
    _ type: NullableField<Value>.Type, forKey key: Key
  ) throws -> NullableField<Value> {
    try decodeIfPresent(type, forKey: key) ?? NullableField(wrappedValue: nil)
  }
}
