extension HDF5Values {
  /// All values as texts, of fixed or variable length.
  ///
  /// - Throws: `unexpectedKind` if they are no texts, `notText` if one is not UTF-8, `tooLarge`,
  ///   `damaged`.
  package func texts() throws(HDF5Error) -> [String] {
    switch type.content {
    case .fixedText(let isSpacePadded): return try fixedTexts(isSpacePadded)
    case .variableText: return try variableTexts()
    default: throw mismatch("texts")
    }
  }

  private func fixedTexts(_ isSpacePadded: Bool) throws(HDF5Error) -> [String] {
    let bytes = try bytes()
    var texts = [String]()
    texts.reserveCapacity(count)
    for index in 0..<count {
      let start = bytes.startIndex + index * type.size
      var text = bytes[start..<start + type.size].prefix { $0 != 0 }
      while isSpacePadded, text.last == 0x20 { text.removeLast() }
      texts.append(try decoded(text))
    }
    return texts
  }

  private func variableTexts() throws(HDF5Error) -> [String] {
    let bytes = try bytes()
    // References are themselves bytes of numbers; chunks were put together in a place of their own.
    let references = HDF5Image(
      bytes: Array(bytes), base: 0, offsetWidth: image.offsetWidth,
      lengthWidth: image.lengthWidth, limits: image.limits)
    var cursor = try HDF5Cursor(references, path: path, at: 0)
    var heap = GlobalHeap(image, path: path)
    var texts = [String]()
    texts.reserveCapacity(count)
    for _ in 0..<count {
      let length = try cursor.count(4)
      let address = try cursor.address()
      let index = try cursor.count(4)
      guard length > 0, let address else {
        texts.append("")
        continue
      }
      let text = try heap.bytes(collection: address, index: index, count: length)
      texts.append(try decoded(text.prefix { $0 != 0 }))
    }
    return texts
  }

  private func decoded(_ bytes: ArraySlice<UInt8>) throws(HDF5Error) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HDF5Error(.notText, path: path, found: "bytes that are not UTF-8")
    }
    return text
  }
}
