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

  /// A branch from its parts.
  package init(first: RelationalLayer, second: RelationalLayer?, head: AffineMap) {
    self.first = first
    self.second = second
    self.head = head
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

  /// Embedding of new patients; a row depends on that patient alone, to the bit.
  ///
  /// - Parameter knownHidden: hidden units of the known patients, who never receive from new ones.
  package func embedding(of new: BranchExtension, knownHidden: Matrix) -> Matrix {
    guard let second else { return first.map.appliedRowByRow(to: new.gathered) }
    let own = first.appliedRowByRow(to: new.gathered)
    return second.appliedRowByRow(
      to: RelationalLayer.gather(known: knownHidden, own: own, along: new.relations))
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
  /// W and b of every layer.
  package let encoder: [Tape.Variable]
  /// U and c.
  package let head: [Tape.Variable]
  /// Z.
  package let embedding: Tape.Variable
  /// Logits of the branch's own head.
  package let logits: Tape.Variable

  /// Records a branch over known patients, with dropout streams `<name>/layer=1`, `…=2`.
  package init(
    _ branch: NetworkBranch, _ input: BranchInput, name: String,
    configuration: RelationalNetworkConfiguration, on tape: inout Tape
  ) {
    var gathered = tape.leaf(input.gathered)
    gathered = tape.dropout(
      gathered, rate: configuration.inputDropout, name: "\(name)/layer=1")
    let first = branch.first.map.record(on: &tape, input: gathered)
    if let layer = branch.second {
      var hidden = tape.elu(first.output)
      hidden = tape.dropout(hidden, rate: configuration.hiddenDropout, name: "\(name)/layer=2")
      let second = layer.map.record(
        on: &tape, input: RelationalLayer.gather(hidden, along: input.relations, on: &tape))
      embedding = tape.elu(second.output)
      encoder = [first.weights, first.bias, second.weights, second.bias]
    } else {
      embedding = first.output
      encoder = [first.weights, first.bias]
    }
    let output = branch.head.record(on: &tape, input: embedding)
    logits = output.output
    head = [output.weights, output.bias]
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
      second: encoder.count > 2 ? RelationalLayer(map: map(encoder[2..<4])) : nil,
      head: map(head[0..<2]))
  }
}
