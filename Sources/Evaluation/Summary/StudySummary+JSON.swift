import Foundation

extension StudySummary {
  /// The bytes of `summary.json`: keys sorted, numbers in shortest round-trip form, a final newline.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var data = try encoder.encode(self)
    data.append(0x0A)
    return data
  }

  /// Reads `summary.json`; keys it does not know are passed over.
  ///
  /// - Throws: `DecodingError` naming the key that is absent or of the wrong type.
  public init(json data: Data) throws {
    self = try JSONDecoder().decode(StudySummary.self, from: data)
  }
}
