extension Covariate {
  /// A covariate from texts (nil is missing): numeric if at least one is there and all that are
  /// there are numbers, else categorical.
  init(name: String, texts: [String?]) {
    let numbers = texts.map { $0.map(CellText.number) }
    let isNumeric = texts.contains { $0 != nil } && numbers.allSatisfy { $0 != .some(.none) }
    self.init(
      name: name,
      values: isNumeric
        ? .numeric(numbers.map { ($0 ?? nil) ?? .nan }) : .categorical(texts))
  }
}
