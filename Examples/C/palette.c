/*
 * Reduces colours to a palette, from C:
 *
 *     Scripts/build-library /tmp/kmeans
 *     cc -std=c99 -o palette Examples/C/palette.c $(PKG_CONFIG_PATH=/tmp/kmeans/lib/pkgconfig pkg-config --cflags --libs kmeans)
 *     LD_LIBRARY_PATH=/tmp/kmeans/lib ./palette 8
 *
 * It makes a picture of its own, clusters its pixels where they lie, shows how the fit goes, and keeps the model in a file.
 */
#include <kmeans.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 320, HEIGHT = 200 };

/* A sunset: no two pixels are quite alike. */
static void paint(float *pixels) {
  for (int y = 0; y < HEIGHT; y++) {
    for (int x = 0; x < WIDTH; x++) {
      float *pixel = pixels + 3 * (y * WIDTH + x);
      float height = (float)y / HEIGHT, wave = sinf(0.05f * (float)x + 0.2f * (float)y);
      pixel[0] = 255 * (1 - 0.6f * height);
      pixel[1] = 90 * (1 - height) + 30 * (1 + wave);
      pixel[2] = 60 + 160 * height;
    }
  }
}

/* Called after every iteration; what it answers ends the fit, or not. */
static int32_t show(void *context, const km_progress *progress) {
  (void)context;
  if (progress->iteration > 0)
    printf("iteration %lld: inertia %.0f, %lld moved\n", (long long)progress->iteration,
           progress->inertia, (long long)progress->moved);
  return KM_CONTINUE;
}

static void stop_at(km_status status, const char *message) {
  if (status == KM_OK) return;
  fprintf(stderr, "palette: %s (%s)\n", message, km_status_name(status));
  exit(1);
}

int main(int argc, char **argv) {
  char message[256];
  float *pixels = malloc(sizeof(float) * 3 * WIDTH * HEIGHT);
  int32_t *labels = malloc(sizeof(int32_t) * WIDTH * HEIGHT);
  if (km_abi_version() != KM_ABI_VERSION || !pixels || !labels) return 1;
  paint(pixels);

  km_fit_options options;
  km_fit_options_init(&options, sizeof options);
  options.clusters = argc > 1 ? atoll(argv[1]) : 8;
  options.progress = show;
  options.record_inertia = 1;

  km_model *model;
  stop_at(km_fit_f32(pixels, WIDTH * HEIGHT, 3, 3, &options, &model, labels, message, sizeof message), message);

  km_model_info info;
  info.struct_size = sizeof info;
  stop_at(km_model_get_info(model, &info, message, sizeof message), message);
  float *palette = malloc(sizeof(float) * (size_t)(info.clusters * info.columns));
  double *weights = malloc(sizeof(double) * (size_t)info.clusters);
  stop_at(km_model_centroids(model, palette, (size_t)(info.clusters * info.columns), message, sizeof message), message);
  stop_at(km_model_weights(model, weights, (size_t)info.clusters, message, sizeof message), message);
  for (int64_t c = 0; c < info.clusters; c++)
    printf("#%02x%02x%02x %6.0f pixels\n", (int)palette[3 * c], (int)palette[3 * c + 1], (int)palette[3 * c + 2],
           weights[c]);

  stop_at(km_model_save(model, "palette.kmeans", message, sizeof message), message);
  km_model_free(model);
  free(palette);
  free(weights);
  free(pixels);
  free(labels);
  return 0;
}
