import CKernels

/// Inner product with eight fixed partial sums.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var result = 0.0
  a.withUnsafeBufferPointer { x in
    b.withUnsafeBufferPointer { y in
      guard let left = x.baseAddress, let right = y.baseAddress else { return }
      eq_fixed_order_product_transposed(1, 1, a.count, left, right, &result)
    }
  }
  return result
}

/// Euclidean norm.
func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

/// target += factor · source.
func addScaled(_ target: inout [Double], _ source: [Double], _ factor: Double) {
  target.withUnsafeMutableBufferPointer { t in
    source.withUnsafeBufferPointer { s in
      for i in 0..<t.count { t[i] += factor * s[i] }
    }
  }
}

/// Largest absolute entry.
func maximumMagnitude(_ a: [Double]) -> Double {
  a.reduce(0) { max($0, abs($1)) }
}

/// Entrywise product.
func multiplied(_ a: [Double], by b: [Double]) -> [Double] {
  var result = a
  result.withUnsafeMutableBufferPointer { target in
    b.withUnsafeBufferPointer { factor in
      for i in 0..<target.count { target[i] *= factor[i] }
    }
  }
  return result
}
