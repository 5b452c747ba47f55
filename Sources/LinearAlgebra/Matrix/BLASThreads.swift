#if canImport(Accelerate)
  import Accelerate
#else
  import COpenBLAS
#endif

/// BLAS index type of this platform's CBLAS.
@inline(__always)
func blasInt(_ value: Int) -> Int32 { Int32(value) }

/// Keeps BLAS on the calling thread: parallelism is ours, over tasks and blocks, and a product
/// computed by several BLAS threads may round differently.
public enum BLASThreads {
  #if canImport(Accelerate)
    @inline(__always)
    static func holdToOne() {}

    /// Name of the BLAS in use, with its version and kernel.
    public static var description: String { "Accelerate" }
  #else
    private static let held: Void = openblas_set_num_threads(1)

    @inline(__always)
    static func holdToOne() { _ = held }

    /// Name of the BLAS in use, with its version and kernel.
    public static var description: String {
      let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
      let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown kernel"
      return "\(configuration.split(separator: " ").joined(separator: " ")), kernel \(core)"
    }
  #endif
}
