/// What becomes of patients without a label.
public enum UnlabelledUse: String, Codable, Sendable, CaseIterable {
  /// They join whatever can use them: scaling, graphs, distillation.
  case use
  /// They are left out.
  case ignore
}
