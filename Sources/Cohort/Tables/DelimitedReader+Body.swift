import Dispatch
import Synchronization

extension DelimitedReader {
  /// The rows of a table below its header.
  struct Body {
    let file: String
    let buffer: UnsafeBufferPointer<UInt8>
    let delimiter: UInt8
    let names: [String]
    let contents: [DelimitedTable.Content]

    /// What one chunk of rows yields beside its numbers.
    struct Part: Sendable {
      var names = [String]()
      var lines = [Int]()
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
        base + chunk.bytes.lowerBound, count: chunk.bytes.count, delimiter: delimiter, file: file,
        line: chunk.firstLine)
      var part = Part(texts: Array(repeating: [], count: contents.count { $0 == .text }))
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
        try readRow(&scanner, &part, target, &output)
      }
      guard part.names.count == chunk.rowCount else {
        throw CohortError(
          .malformedTable, file: file, line: scanner.line, found: "quotes that do not pair")
      }
      return part
    }

    @inline(__always)
    private func readRow(
      _ scanner: inout FieldScanner, _ part: inout Part,
      _ target: UnsafeMutableBufferPointer<Double>, _ output: inout Int
    ) throws(CohortError) {
      let line = scanner.line
      let name = try scanner.text(column: 1)
      if name.isEmpty {
        throw CohortError(
          .emptyName, file: file, line: line, column: 1, found: "an empty identifier")
      }
      part.names.append(name)
      part.lines.append(line)
      var text = 0
      for index in contents.indices {
        guard scanner.skipDelimiter() else { throw ragged(line, fields: index + 1) }
        switch contents[index] {
        case .number:
          if let value = scanner.plainNumber() {
            target[output] = value
          } else {
            do {
              target[output] = try scanner.number(column: index + 2)
            } catch {
              throw named(error, index)
            }
          }
          output += 1
        case .text:
          let cell = try scanner.text(column: index + 2)
          part.texts[text].append(CellText.isMissing(cell) ? nil : cell)
          text += 1
        case .ignored:
          _ = try scanner.text(column: index + 2)
        }
      }
      guard scanner.isAtRowEnd else {
        var fields = contents.count + 1
        while scanner.skipDelimiter() {
          fields += 1
          _ = try scanner.text(column: fields)
        }
        throw ragged(line, fields: fields)
      }
      scanner.skipRowEnd()
    }

    private func ragged(_ line: Int, fields: Int) -> CohortError {
      CohortError(
        .malformedTable, file: file, line: line, found: "a row of \(fields) fields",
        expected: "\(contents.count + 1) fields, as in the header")
    }

    private func named(_ error: CohortError, _ index: Int) -> CohortError {
      var error = error
      error.columnName = names[index]
      return error
    }
  }
}
