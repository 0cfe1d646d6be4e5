package import Clustering

// Random values of scenes. They have the same bits on every machine: only operations that IEEE 754
// rounds correctly are used, and a logarithm of fixed bits; those of C libraries differ.
extension Draws {
  /// A normal deviate of mean 0 and variance 1: the quantile of one uniform draw, so that each
  /// deviate has a number of its own.
  package func normal(_ number: Int) -> Double {
    // With one bit more the largest value would round to 1, which has no quantile.
    NormalQuantile.value((Double(bits(number) >> 12) + 0.5) * 0x1p-52)
  }

  /// An exponential deviate of mean 1.
  package func exponential(_ number: Int) -> Double {
    -JavaLogarithm.log(positiveUniform(number))
  }

  /// A deviate of Student's distribution: a normal one by the root of the mean of squares of as
  /// many others as there are degrees of freedom.
  package func student(_ number: Int, freedom: Int) -> Double {
    let first = number * (freedom + 1)
    var squares = 0.0
    for other in 1...freedom {
      let value = normal(first + other)
      squares += value * value
    }
    return normal(first) / (squares / Double(freedom)).squareRoot()
  }
}

/// The quantiles of the normal distribution, by Wichura's rational functions (Algorithm AS 241:
/// The percentage points of the normal distribution, Applied Statistics 37, 1988): the relative
/// error is about 1e-16.
package enum NormalQuantile {
  /// The value below which a normal deviate lies with a probability.
  ///
  /// - Precondition: the probability is above 0 and below 1.
  package static func value(_ probability: Double) -> Double {
    let q = probability - 0.5
    if q.magnitude <= 0.425 {
      let r = 0.180625 - q * q
      return q * polynomial(centralTop, r) / polynomial(centralBottom, r)
    }
    let tail = q < 0 ? probability : 1 - probability
    let root = (-JavaLogarithm.log(tail)).squareRoot()
    let value =
      root <= 5
      ? polynomial(middleTop, root - 1.6) / polynomial(middleBottom, root - 1.6)
      : polynomial(farTop, root - 5) / polynomial(farBottom, root - 5)
    return q < 0 ? -value : value
  }

  /// Horner's rule, from the highest power on.
  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    var sum = coefficients[0]
    for index in 1..<coefficients.count { sum = sum * x + coefficients[index] }
    return sum
  }

  private static let centralTop = [
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
    4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
    1.3314166789178437745e2, 3.3871328727963666080e0,
  ]
  private static let centralBottom = [
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
    2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
    4.2313330701600911252e1, 1,
  ]
  private static let middleTop = [
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
    1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
    4.63033784615654529590e0, 1.42343711074968357734e0,
  ]
  private static let middleBottom = [
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
    2.05319162663775882187e0, 1,
  ]
  private static let farTop = [
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
    2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
    5.46378491116411436990e0, 6.65790464350110377720e0,
  ]
  private static let farBottom = [
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
    7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
    5.99832206555887937690e-1, 1,
  ]
}
