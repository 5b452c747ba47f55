import Boundary
import Yams

extension CohortConfiguration {
  private enum Key: String, CaseIterable {
    case title, source, licence, license, label, group, modalities, transforms, files, columns
    case missing, classes, orientation
    case labelFrom = "label_from"
    case sampleID = "sample_id"
  }

  /// Parses `cohort.yaml`.
  ///
  /// - Throws: `badConfiguration` with the line, for broken YAML, an unknown key or a wrong value.
  init(parsing bytes: [UInt8]) throws(CohortError) {
    guard let root = try Self.composed(String(decoding: bytes, as: UTF8.self)) else { return }
    for (keyNode, value) in try Self.pairs(root, "the file") {
      let name = try Self.text(keyNode, "a key")
      guard let key = Key(rawValue: name) else {
        throw CohortError.unknown(
          .badConfiguration, name, among: Key.allCases.map(\.rawValue), file: Self.fileName,
          line: keyNode.mark?.line)
      }
      try set(key, value)
    }
  }

  private mutating func set(_ key: Key, _ value: Node) throws(CohortError) {
    switch key {
    case .title: details.title = try Self.text(value, key.rawValue)
    case .source: details.source = try Self.text(value, key.rawValue)
    case .licence, .license: details.license = try Self.text(value, key.rawValue)
    case .label: label = try Self.text(value, key.rawValue)
    case .group: group = try Self.text(value, key.rawValue)
    case .labelFrom: details.labelDerivedFrom = try list(value, key.rawValue)
    case .modalities: modalityOrder = try list(value, key.rawValue)
    case .sampleID: sampleRule = try Self.sampleRule(value)
    case .missing: missing = try list(value, key.rawValue)
    case .orientation: orientations = try words(value, key.rawValue)
    case .classes:
      for (name, renamed) in try Self.pairs(value, key.rawValue) {
        classNames[try Self.text(name, "a class")] = try Self.text(renamed, key.rawValue)
      }
    case .transforms: transforms = try words(value, key.rawValue)
    case .files: fileRoles = try words(value, key.rawValue)
    case .columns:
      for (file, roles) in try Self.pairs(value, key.rawValue) {
        let name = try Self.text(file, "a file name")
        lines[name] = file.mark?.line
        columnRoles[name] = try words(roles, "columns of \(name)")
      }
    }
  }

  private static func composed(_ yaml: String) throws(CohortError) -> Node? {
    if let violation = YAMLBounds.violation(yaml) {
      throw CohortError(
        .badConfiguration, file: fileName, found: violation.found, expected: violation.expected,
        remedy: "write the values out")
    }
    do {
      return try Yams.compose(yaml: yaml)
    } catch {
      var line: Int?
      switch error as? YamlError {
      case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
        line = mark.line
      case .duplicatedKeysInMapping(_, let context): line = context.mark.line
      default: break
      }
      throw CohortError(
        .badConfiguration, file: fileName, line: line, found: "text that is not YAML",
        expected: "YAML such as 'title: My cohort'")
    }
  }

  private static func wrong(_ node: Node, _ what: String, _ expected: String) -> CohortError {
    CohortError(
      .badConfiguration, file: fileName, line: node.mark?.line,
      found: node.scalar.map { CohortError.quoting($0.string) + " for \(what)" }
        ?? "something else for \(what)",
      expected: expected)
  }

  private static func pairs(_ node: Node, _ what: String) throws(CohortError) -> [(Node, Node)] {
    guard let mapping = node.mapping else { throw wrong(node, what, "keys with values") }
    return mapping.map { ($0.key, $0.value) }
  }

  private static func text(_ node: Node, _ what: String) throws(CohortError) -> String {
    guard let scalar = node.scalar else { throw wrong(node, what, "one text") }
    return scalar.string
  }

  private mutating func list(_ node: Node, _ what: String) throws(CohortError) -> [String] {
    var names = [String]()
    for item in node.sequence.map(Array.init) ?? [node] {
      let name = try Self.text(item, what)
      lines[name] = item.mark?.line
      names.append(name)
    }
    return names
  }

  /// A mapping from names to words of a closed set.
  private mutating func words<Word: RawRepresentable<String> & CaseIterable>(
    _ node: Node, _ what: String
  ) throws(CohortError) -> [String: Word] {
    var result = [String: Word]()
    for (key, value) in try Self.pairs(node, what) {
      let name = try Self.text(key, what)
      guard let word = Word(rawValue: try Self.text(value, name)) else {
        let known = Word.allCases.map(\.rawValue)
        throw Self.wrong(value, name, "one of " + known.joined(separator: ", "))
      }
      lines[name] = key.mark?.line
      result[name] = word
    }
    return result
  }

  /// `exact`, one step, `{prefix: 12}`, or a list of steps.
  private static func sampleRule(_ node: Node) throws(CohortError) -> SampleRule {
    if node.scalar?.string == "exact" { return .exact }
    var steps = [SampleRule.Step]()
    for item in node.sequence.map(Array.init) ?? [node] {
      if let step = SampleRule.Step.named.first(where: { $0.word == item.scalar?.string }) {
        steps.append(step)
      } else if let mapping = item.mapping, mapping.count == 1,
        let count = mapping["prefix"]?.int, count > 0
      {
        steps.append(.prefix(count))
      } else {
        let words = SampleRule.Step.named.map(\.word).joined(separator: ", ")
        throw wrong(item, "sample_id", "exact, {prefix: 12}, or of \(words), also as a list")
      }
    }
    return SampleRule(steps)
  }
}
