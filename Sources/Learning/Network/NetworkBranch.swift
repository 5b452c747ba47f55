import LinearAlgebra
import NeuralNetwork

/// A relational branch with its own head: embedding Z, logits Z U + c.
package struct NetworkBranch: Sendable, Equatable {
  /// From features to hidden units, or, of a linear branch, to the embedding.
  package var first: RelationalLayer
  /// From hidden units to the embedding; nil in a linear branch, which has no hidden units.
  package var second: RelationalLayer?
  /// From the embedding to logits.
  package var head: AffineMap
  /// From the gathered input straight to logits, (R + 1) d × classes; nil without a linear part.
  package var skip: Matrix?

  /// A branch from its parts.
  package init(
    first: RelationalLayer, second: RelationalLayer?, head: AffineMap, skip: Matrix? = nil
  ) {
    self.first = first
    self.second = second
    self.head = head
    self.skip = skip
  }

  /// Fresh weights, one stream per tensor below `streams`; a linear branch starts at zero with
  /// its logits as embedding.
  ///
  /// - Parameter gatheredWidth: (R + 1) d, columns of the branch's gathered input.
  package init(
    gatheredWidth: Int, classCount: Int, configuration: RelationalNetworkConfiguration,
    streams: RandomStreams
  ) {
    let relations = configuration.relations.map(\.rawValue)
    let width = configuration.embeddingWidth(classCount: classCount)
    head = configuration.freshHead(classCount: classCount, streams: streams.scoped("head"))
    skip =
      configuration.hasLinearSkip && configuration.backbone == .twoLayer
      ? Matrix(rows: gatheredWidth, columns: classCount) : nil
    switch configuration.backbone {
    case .linear:
      first = RelationalLayer(
        map: AffineMap(
          weights: Matrix(rows: gatheredWidth, columns: width),
          bias: Matrix(rows: 1, columns: width)))
      second = nil
    case .twoLayer:
      first = RelationalLayer(
        inputWidth: gatheredWidth / (relations.count + 1), outputWidth: width,
        relations: relations, streams: streams.scoped("layer=1"))
      second = RelationalLayer(
        inputWidth: width, outputWidth: width, relations: relations,
        streams: streams.scoped("layer=2"))
    }
  }

  /// Hidden units of known patients; of a linear branch the embedding already.
  package func hidden(_ input: BranchInput) -> Matrix {
    second == nil ? first.map.applied(to: input.gathered) : first.applied(to: input.gathered)
  }

  /// Embedding of known patients from their hidden units.
  package func embedding(hidden: Matrix, _ input: BranchInput) -> Matrix {
    guard let second else { return hidden }
    return second.applied(to: RelationalLayer.gather(hidden, along: input.relations))
  }

  /// What the branch makes of known patients.
  package func output(of input: BranchInput) -> BranchOutput {
    BranchOutput(
      embedding: embedding(hidden: hidden(input), input),
      skip: skip.map { input.gathered.product($0) })
  }

  /// What the branch makes of new patients; a row depends on that patient alone, to the bit.
  ///
  /// - Parameter knownHidden: hidden units of the known patients, who never receive from new ones.
  package func output(of new: BranchExtension, knownHidden: Matrix) -> BranchOutput {
    BranchOutput(
      embedding: embedding(of: new, knownHidden: knownHidden),
      skip: skip.map { new.gathered.fixedOrderProduct($0) })
  }

  private func embedding(of new: BranchExtension, knownHidden: Matrix) -> Matrix {
    guard let second else { return first.map.appliedRowByRow(to: new.gathered) }
    let own = first.appliedRowByRow(to: new.gathered)
    return second.appliedRowByRow(
      to: RelationalLayer.gather(known: knownHidden, own: own, along: new.relations))
  }
}

/// What a branch makes of some patients.
package struct BranchOutput: Sendable {
  /// Z, patients × width.
  package let embedding: Matrix
  /// Logits of the linear part, patients × classes; nil without one.
  package let skip: Matrix?

  /// The given patients, in that order.
  func selecting(rows: [Int]) -> BranchOutput {
    BranchOutput(
      embedding: embedding.selecting(rows: rows), skip: skip?.selecting(rows: rows))
  }

  /// Logits of the branch's own head, Z U + c and the linear part; a row depends on that patient
  /// alone, to the bit.
  package func logits(_ head: AffineMap) -> Matrix {
    var result = head.appliedRowByRow(to: embedding)
    if let skip { result.add(skip, times: 1) }
    return result
  }

  /// Fused logits (Σ_m α_im Z_m) U_f + c_f + M Σ_m α_im S_m, S_m the linear parts of M branches; a row
  /// depends on that patient alone, to the bit.
  package static func fusedLogits(
    _ outputs: [BranchOutput], shares: Matrix, head: AffineMap
  ) -> Matrix {
    var result = head.appliedRowByRow(to: mixedRows(outputs.map(\.embedding), weights: shares))
    let skips = outputs.compactMap(\.skip)
    if skips.count == outputs.count {
      result.add(mixedRows(skips, weights: shares), times: Double(outputs.count))
    }
    return result
  }
}

extension RelationalNetworkConfiguration {
  /// Columns of an embedding.
  func embeddingWidth(classCount: Int) -> Int {
    backbone == .linear ? classCount : hiddenWidth
  }

  /// A head on embeddings before training; the identity where they are logits.
  func freshHead(classCount: Int, streams: RandomStreams) -> AffineMap {
    switch backbone {
    case .linear:
      AffineMap(weights: .identity(classCount), bias: Matrix(rows: 1, columns: classCount))
    case .twoLayer: AffineMap(inputs: hiddenWidth, outputs: classCount, streams: streams)
    }
  }
}

/// A branch on a tape.
package struct RecordedBranch: Sendable {
  /// W and b of every layer, then the linear part where there is one.
  package let encoder: [Tape.Variable]
  /// U and c.
  package let head: [Tape.Variable]
  /// Z.
  package let embedding: Tape.Variable
  /// Logits of the linear part; nil without one.
  package let skip: Tape.Variable?
  /// Logits of the branch's own head, the linear part included.
  package let logits: Tape.Variable

  private let hasSecondLayer: Bool

  /// Records a branch over known patients, with dropout streams `<name>/layer=1`, `…=2`.
  package init(
    _ branch: NetworkBranch, _ input: BranchInput, name: String,
    configuration: RelationalNetworkConfiguration, on tape: inout Tape
  ) {
    let gathered = tape.leaf(input.gathered)
    let kept = tape.dropout(
      gathered, rate: configuration.inputDropout, name: "\(name)/layer=1")
    let first = branch.first.map.record(on: &tape, input: kept)
    var tensors = [first.weights, first.bias]
    if let layer = branch.second {
      var hidden = tape.elu(first.output)
      hidden = tape.dropout(hidden, rate: configuration.hiddenDropout, name: "\(name)/layer=2")
      let second = layer.map.record(
        on: &tape, input: RelationalLayer.gather(hidden, along: input.relations, on: &tape))
      embedding = tape.elu(second.output)
      tensors += [second.weights, second.bias]
    } else {
      embedding = first.output
    }
    hasSecondLayer = branch.second != nil
    let output = branch.head.record(on: &tape, input: embedding)
    head = [output.weights, output.bias]
    if let weights = branch.skip {
      let leaf = tape.leaf(weights)
      let linear = tape.product(gathered, leaf)
      tensors.append(leaf)
      logits = tape.add(output.output, linear)
      skip = linear
    } else {
      logits = output.output
      skip = nil
    }
    encoder = tensors
  }

  /// The branch with its current weights.
  package func branch(on tape: Tape) -> NetworkBranch {
    func map(_ tensors: ArraySlice<Tape.Variable>) -> AffineMap {
      AffineMap(
        weights: tape.value(of: tensors[tensors.startIndex]),
        bias: tape.value(of: tensors[tensors.startIndex + 1]))
    }
    return NetworkBranch(
      first: RelationalLayer(map: map(encoder[0..<2])),
      second: hasSecondLayer ? RelationalLayer(map: map(encoder[2..<4])) : nil,
      head: map(head[0..<2]),
      skip: skip == nil ? nil : encoder.last.map { tape.value(of: $0) })
  }
}
