import NeuralNetwork

/// How the networks of the neural estimators are built and trained; the defaults are what was
/// measured best for the time (decision 13).
package struct NeuralTraining: Sendable {
  /// Units of the hidden layers of each network; default 64 and 64.
  package var hidden = [64, 64]
  /// Rows of a batch, default 128; never more than there are training rows.
  package var batch = 128
  /// Largest number of steps, default 3,000.
  package var steps = 3000
  /// Steps between two looks at the validation rows, default 25.
  package var interval = 25
  /// Looks without a better value after which training ends, default 16.
  package var patience = 16
  /// Share of hidden units that a step leaves out, default .1.
  package var dropout = 0.1
  /// Decay of the average of parameters that is validated and kept, default .99.
  package var averaging = 0.99
  /// Step size and the rest; default Adam with rate 1e-3.
  package var optimizer = Adam.Options()
  /// Largest global norm of a gradient, default 5.
  package var gradientLimit = 5.0

  /// The defaults.
  package init() {}
}
