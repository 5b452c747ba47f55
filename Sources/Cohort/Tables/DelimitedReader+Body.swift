import Dispatch
import Synchronization

extension DelimitedReader {
  /// The rows of a table below its header.
  struct Body {
    let file: String
    let buffer: UnsafeBufferPointer<UInt8>
    let dialect: TableDialect
    /// Names of the columns.
    let names: [String]
    let layout: FieldLayout

    /// What one chunk of rows yields beside its numbers.
    struct Part: Sendable {
      var names = [String]()
      var lines = [Int]()
      /// Lines whose rows are not part of the table.
      var left = [Int]()
      var texts: [[String?]]
    }

    /// Reads all chunks, numbers into `target` (rows × columns, uninitialised before).
    func readAll(
      _ chunks: [RowChunk], into target: UnsafeMutableBufferPointer<Double>, columns: Int,
      threads: Int
    ) -> Result<[Part], CohortError> {
      if threads <= 1 || chunks.count <= 1 {
        var parts = [Part]()
        for chunk in chunks {
          switch Result(catching: { () throws(CohortError) in
            try read(chunk, into: target, columns: columns)
          }) {
          case .success(let part): parts.append(part)
          case .failure(let error): return .failure(error)
          }
        }
        return .success(parts)
      }
      // Each chunk writes its own rows of the target only.
      nonisolated(unsafe) let shared = (body: self, target: target)
      let results = Mutex([Result<Part, CohortError>?](repeating: nil, count: chunks.count))
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: min(threads, chunks.count)) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < chunks.count else { return }
          let result = Result { () throws(CohortError) in
            try shared.body.read(chunks[index], into: shared.target, columns: columns)
          }
          results.withLock { $0[index] = result }
        }
      }
      var parts = [Part]()
      for result in results.withLock({ $0 }) {
        switch result {
        case .success(let part)?: parts.append(part)
        case .failure(let error)?: return .failure(error)
        case nil: return .failure(CohortError(.malformedTable, file: file))
        }
      }
      return .success(parts)
    }

    private func read(
      _ chunk: RowChunk, into target: UnsafeMutableBufferPointer<Double>, columns: Int
    ) throws(CohortError) -> Part {
      guard let base = buffer.baseAddress else { throw CohortError(.malformedTable, file: file) }
      var scanner = FieldScanner(
        base + chunk.bytes.lowerBound, count: chunk.bytes.count, delimiter: dialect.separator,
        file: file, line: chunk.firstLine)
      var part = Part(texts: Array(repeating: [], count: layout.uses.count { $0 == .text }))
      part.names.reserveCapacity(chunk.rowCount)
      part.lines.reserveCapacity(chunk.rowCount)
      var output = chunk.firstRow * columns
      let outputEnd = output + chunk.rowCount * columns
      while !scanner.isAtEnd {
        if scanner.isAtRowEnd {
          scanner.skipRowEnd()
          continue
        }
        guard part.names.count < chunk.rowCount, output + columns <= outputEnd else {
          throw CohortError(
            .malformedTable, file: file, line: scanner.line, found: "quotes that do not pair")
        }
        if dialect.ignoredLines.contains(scanner.line) {
          try leave(&scanner, &part, target, &output, columns)
        } else {
          try readRow(&scanner, &part, target, &output)
        }
      }
      guard part.names.count == chunk.rowCount else {
        throw CohortError(
          .malformedTable, file: file, line: scanner.line, found: "quotes that do not pair")
      }
      return part
    }

    /// Passes over a row that is left out; its place among the numbers is filled for the time being.
    private func leave(
      _ scanner: inout FieldScanner, _ part: inout Part,
      _ target: UnsafeMutableBufferPointer<Double>, _ output: inout Int, _ columns: Int
    ) throws(CohortError) {
      part.names.append("")
      part.lines.append(scanner.line)
      part.left.append(scanner.line)
      for column in part.texts.indices { part.texts[column].append(nil) }
      target[output..<output + columns].update(repeating: .nan)
      output += columns
      _ = try scanner.row()
    }

    @inline(__always)
    private func readRow(
      _ scanner: inout FieldScanner, _ part: inout Part,
      _ target: UnsafeMutableBufferPointer<Double>, _ output: inout Int
    ) throws(CohortError) {
      let line = scanner.line
      let first = output
      var text = 0
      var hasContent = false
      for field in layout.uses.indices {
        if field > 0, !scanner.skipDelimiter() {
          guard dialect.allowsShortRows, scanner.isAtRowEnd else {
            throw ragged(line, fields: field, isComment: part.names.last?.hasPrefix("#") == true)
          }
          fillRest(from: field, &part, target, &output, text)
          break
        }
        switch layout.uses[field] {
        case .number:
          if let value = scanner.plainNumber() {
            target[output] =
              dialect.missing.hasNumbers && dialect.missing.contains(value) ? .nan : value
            hasContent = true
          } else {
            do {
              target[output] = try scanner.number(
                column: field + 1, missing: dialect.missing,
                hasDecimalComma: dialect.hasDecimalComma)
            } catch {
              throw named(error, field)
            }
            if !target[output].isNaN { hasContent = true }
          }
          output += 1
        case .text:
          let cell = try scanner.text(column: field + 1)
          part.texts[text].append(value(cell))
          if !cell.isEmpty { hasContent = true }
          text += 1
        case .identifier:
          part.names.append(try scanner.text(column: field + 1))
          part.lines.append(line)
        case .ignored:
          if !(try scanner.text(column: field + 1)).isEmpty { hasContent = true }
        }
      }
      try finish(&scanner, &part, line, hasContent)
      // A row that only holds separators leaves its place empty.
      if part.left.last == line { target[first..<output].update(repeating: .nan) }
    }

    /// A text as read: missing is nil, a decimal comma becomes a point.
    private func value(_ cell: String) -> String? {
      if dialect.missing.contains(cell) { return nil }
      return dialect.hasDecimalComma && CellText.isDecimalComma(cell)
        ? CellText.withPoint(cell) : cell
    }

    /// Missing values in place of the fields that a short row lacks.
    private func fillRest(
      from field: Int, _ part: inout Part, _ target: UnsafeMutableBufferPointer<Double>,
      _ output: inout Int, _ firstText: Int
    ) {
      var text = firstText
      for use in layout.uses[field...] {
        if use == .number {
          target[output] = .nan
          output += 1
        } else if use == .text {
          part.texts[text].append(nil)
          text += 1
        }
      }
    }

    /// Empty fields behind the last one are separators at the end of the row, and a row of nothing
    /// else is blank.
    private func finish(
      _ scanner: inout FieldScanner, _ part: inout Part, _ line: Int, _ hasContent: Bool
    ) throws(CohortError) {
      if !scanner.isAtRowEnd {
        var fields = layout.uses.count
        var isEmpty = true
        while scanner.skipDelimiter() {
          fields += 1
          if !(try scanner.text(column: fields)).isEmpty { isEmpty = false }
        }
        if !isEmpty { throw ragged(line, fields: fields) }
      }
      scanner.skipRowEnd()
      guard let name = part.names.last, name.isEmpty else { return }
      guard !hasContent else {
        throw CohortError(
          .emptyName, file: file, line: line, column: dialect.identifierField + 1,
          found: "an empty identifier")
      }
      part.left.append(line)
    }

    private func ragged(_ line: Int, fields: Int, isComment: Bool = false) -> CohortError {
      CohortError(
        .malformedTable, file: file, line: line,
        found: "a row of \(fields) field\(fields == 1 ? "" : "s")"
          + (isComment ? ", which looks like a comment" : ""),
        expected: "\(layout.uses.count) fields separated by "
          + "\(SeparatorChoice.word(dialect.separator)), as in the header",
        remedy: isComment ? "remove the line, or move it above the header" : nil)
    }

    private func named(_ error: CohortError, _ field: Int) -> CohortError {
      var error = error
      let column = layout.columns[field]
      error.columnName = names[column]
      if error.code == .notANumber, error.remedy == CohortError.Code.notANumber.usualRemedy {
        error.remedy =
          "correct the cell, leave it empty if the value is missing, or, where the column is no "
          + "measurement, write columns: {\(file): {\(names[column]): ignore}} in cohort.yaml"
      }
      return error
    }
  }
}
