// Products of registers of points with six centroids, all in registers.
internal import KMeansCLanes

@inline(__always)
func subtractProducts(
  _ s0: inout SixRegisters, _ s1: inout SixRegisters, _ s2: inout SixRegisters,
  _ s3: inout SixRegisters,
  _ tile: UnsafePointer<Scalar>, _ group: UnsafePointer<Scalar>, _ columns: Int
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  var (x, c) = (tile, group)
  for _ in 0..<columns {
    let (x0, x1) = (loadRegister(x), loadRegister(x + lanes))
    let (x2, x3) = (loadRegister(x + 2 &* lanes), loadRegister(x + 3 &* lanes))
    let c0 = broadcast(c + 0)
    s0.0 = kmeans_minus_product_register(s0.0, x0, c0)
    s1.0 = kmeans_minus_product_register(s1.0, x1, c0)
    s2.0 = kmeans_minus_product_register(s2.0, x2, c0)
    s3.0 = kmeans_minus_product_register(s3.0, x3, c0)
    let c1 = broadcast(c + 1)
    s0.1 = kmeans_minus_product_register(s0.1, x0, c1)
    s1.1 = kmeans_minus_product_register(s1.1, x1, c1)
    s2.1 = kmeans_minus_product_register(s2.1, x2, c1)
    s3.1 = kmeans_minus_product_register(s3.1, x3, c1)
    let c2 = broadcast(c + 2)
    s0.2 = kmeans_minus_product_register(s0.2, x0, c2)
    s1.2 = kmeans_minus_product_register(s1.2, x1, c2)
    s2.2 = kmeans_minus_product_register(s2.2, x2, c2)
    s3.2 = kmeans_minus_product_register(s3.2, x3, c2)
    let c3 = broadcast(c + 3)
    s0.3 = kmeans_minus_product_register(s0.3, x0, c3)
    s1.3 = kmeans_minus_product_register(s1.3, x1, c3)
    s2.3 = kmeans_minus_product_register(s2.3, x2, c3)
    s3.3 = kmeans_minus_product_register(s3.3, x3, c3)
    let c4 = broadcast(c + 4)
    s0.4 = kmeans_minus_product_register(s0.4, x0, c4)
    s1.4 = kmeans_minus_product_register(s1.4, x1, c4)
    s2.4 = kmeans_minus_product_register(s2.4, x2, c4)
    s3.4 = kmeans_minus_product_register(s3.4, x3, c4)
    let c5 = broadcast(c + 5)
    s0.5 = kmeans_minus_product_register(s0.5, x0, c5)
    s1.5 = kmeans_minus_product_register(s1.5, x1, c5)
    s2.5 = kmeans_minus_product_register(s2.5, x2, c5)
    s3.5 = kmeans_minus_product_register(s3.5, x3, c5)
    x += 4 &* lanes
    c += 6
  }
}

@inline(__always)
func subtractProducts(
  _ s0: inout SixRegisters, _ s1: inout SixRegisters,
  _ tile: UnsafePointer<Scalar>, _ group: UnsafePointer<Scalar>, _ columns: Int
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  var (x, c) = (tile, group)
  for _ in 0..<columns {
    let (x0, x1) = (loadRegister(x), loadRegister(x + lanes))
    let c0 = broadcast(c + 0)
    s0.0 = kmeans_minus_product_register(s0.0, x0, c0)
    s1.0 = kmeans_minus_product_register(s1.0, x1, c0)
    let c1 = broadcast(c + 1)
    s0.1 = kmeans_minus_product_register(s0.1, x0, c1)
    s1.1 = kmeans_minus_product_register(s1.1, x1, c1)
    let c2 = broadcast(c + 2)
    s0.2 = kmeans_minus_product_register(s0.2, x0, c2)
    s1.2 = kmeans_minus_product_register(s1.2, x1, c2)
    let c3 = broadcast(c + 3)
    s0.3 = kmeans_minus_product_register(s0.3, x0, c3)
    s1.3 = kmeans_minus_product_register(s1.3, x1, c3)
    let c4 = broadcast(c + 4)
    s0.4 = kmeans_minus_product_register(s0.4, x0, c4)
    s1.4 = kmeans_minus_product_register(s1.4, x1, c4)
    let c5 = broadcast(c + 5)
    s0.5 = kmeans_minus_product_register(s0.5, x0, c5)
    s1.5 = kmeans_minus_product_register(s1.5, x1, c5)
    x += 2 &* lanes
    c += 6
  }
}
