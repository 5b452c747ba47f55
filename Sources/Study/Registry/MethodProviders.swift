extension MethodProvider {
  /// All providers of this build, first match wins; one line each.
  public static let all: [MethodProvider] = []
}
