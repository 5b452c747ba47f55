import LinearAlgebra
import NeuralNetwork

/// A two-layer relational branch with its own head: embedding Z, logits Z U + c.
package struct NetworkBranch: Sendable, Equatable {
  /// From features to hidden units.
  package var first: RelationalLayer
  /// From hidden units to the embedding.
  package var second: RelationalLayer
  /// From the embedding to logits.
  package var head: AffineMap

  /// A branch from its parts.
  package init(first: RelationalLayer, second: RelationalLayer, head: AffineMap) {
    self.first = first
    self.second = second
    self.head = head
  }

  /// Fresh weights, one stream per tensor below `streams`.
  ///
  /// - Parameter gatheredWidth: (R + 1) d, columns of the branch's gathered input.
  package init(
    gatheredWidth: Int, classCount: Int, configuration: RelationalNetworkConfiguration,
    streams: RandomStreams
  ) {
    let relations = configuration.relations.map(\.rawValue)
    let width = configuration.hiddenWidth
    first = RelationalLayer(
      inputWidth: gatheredWidth / (relations.count + 1), outputWidth: width,
      relations: relations, streams: streams.scoped("layer=1"))
    second = RelationalLayer(
      inputWidth: width, outputWidth: width, relations: relations,
      streams: streams.scoped("layer=2"))
    head = AffineMap(inputs: width, outputs: classCount, streams: streams.scoped("head"))
  }

  /// Hidden units of known patients.
  package func hidden(_ input: BranchInput) -> Matrix { first.applied(to: input.gathered) }

  /// Embedding of known patients from their hidden units.
  package func embedding(hidden: Matrix, _ input: BranchInput) -> Matrix {
    second.applied(to: RelationalLayer.gather(hidden, along: input.relations))
  }

  /// Embedding of new patients; a row depends on that patient alone, to the bit.
  ///
  /// - Parameter knownHidden: hidden units of the known patients, who never receive from new ones.
  package func embedding(of new: BranchExtension, knownHidden: Matrix) -> Matrix {
    let own = first.appliedRowByRow(to: new.gathered)
    return second.appliedRowByRow(
      to: RelationalLayer.gather(known: knownHidden, own: own, along: new.relations))
  }
}

/// A branch on a tape.
package struct RecordedBranch: Sendable {
  /// W and b of both layers.
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
    var hidden = tape.elu(first.output)
    hidden = tape.dropout(hidden, rate: configuration.hiddenDropout, name: "\(name)/layer=2")
    let second = branch.second.map.record(
      on: &tape, input: RelationalLayer.gather(hidden, along: input.relations, on: &tape))
    embedding = tape.elu(second.output)
    let output = branch.head.record(on: &tape, input: embedding)
    logits = output.output
    encoder = [first.weights, first.bias, second.weights, second.bias]
    head = [output.weights, output.bias]
  }

  /// The branch with its current weights.
  package func branch(on tape: Tape) -> NetworkBranch {
    func map(_ weights: Tape.Variable, _ bias: Tape.Variable) -> AffineMap {
      AffineMap(weights: tape.value(of: weights), bias: tape.value(of: bias))
    }
    return NetworkBranch(
      first: RelationalLayer(map: map(encoder[0], encoder[1])),
      second: RelationalLayer(map: map(encoder[2], encoder[3])), head: map(head[0], head[1]))
  }
}
