// `import Clustering` brings the matrices with it.
@_exported public import KMeansLinearAlgebra
