/*
 * The selective scan in C: what a processor does without a driver in between. scan_time.ts builds it
 * with `cc -O3 -march=native` and times it beside the kit's kernel.
 *
 * Vectors lie across channels, states stay in registers; sequences and blocks of channels are shared
 * out among threads. Layout as the kit's `timeMajor`: u, delta, z, out [batch, length, dim]; B, C
 * [batch, length, STATE]; A [STATE, dim], in units of log2; D, bias [dim]. dim is a multiple of LANES.
 */
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#define LANES 16
#define STATE 16
#define LOG2E 1.44269504088896f

typedef float vec __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int32_t ivec __attribute__((vector_size(4 * LANES)));

static inline vec load(const float *from) { return *(const vec *)from; }
static inline void store(float *to, vec x) { *(vec *)to = x; }
static inline vec all(float x) { return x - (vec){0}; }
static inline vec pick(ivec where, vec a, vec b) {
  return (vec)((where & (ivec)a) | (~where & (ivec)b));
}

/* 2^x by rounding and a polynomial on [-1/2, 1/2]; relative error about 2e-7. */
static inline vec exp2v(vec x) {
  x = pick(x < -126.0f, all(-126.0f), x);
  x = pick(x > 126.0f, all(126.0f), x);
  const float shift = 12582912.0f;
  vec whole = (x + shift) - shift;
  vec f = x - whole;
  vec p = all(1.5403530e-4f);
  p = p * f + 1.3333558e-3f;
  p = p * f + 9.6181291e-3f;
  p = p * f + 5.5504109e-2f;
  p = p * f + 2.4022651e-1f;
  p = p * f + 6.9314718e-1f;
  p = p * f + 1.0f;
  ivec bits = (__builtin_convertvector(whole, ivec) + 127) << 23;
  vec scale;
  memcpy(&scale, &bits, sizeof scale);
  return p * scale;
}

/* log2(x) for x in [1, 2], by 2·atanh((x − r) / (x + r)) around r = √2. */
static inline vec log2v(vec x) {
  const float root = 1.41421356f;
  vec s = (x - root) / (x + root);
  vec q = s * s;
  vec p = all(0.2222222f);
  p = p * q + 0.2857143f;
  p = p * q + 0.4f;
  p = p * q + 0.6666667f;
  p = p * q + 2.0f;
  return p * s * LOG2E + 0.5f;
}

/* log(1 + e^x), without losing small results. */
static inline vec softplus(vec x) {
  vec away = pick(x < 0, x, -x);
  vec e = exp2v(away * LOG2E);
  vec log = log2v(1.0f + e) * (1.0f / LOG2E);
  vec series = e * (1.0f - e * (0.5f - e * (1.0f / 3.0f)));
  return pick(x > 0, x, all(0)) + pick(e < 0.01f, series, log);
}

static inline vec sigmoid(vec x) { return 1.0f / (1.0f + exp2v(-x * LOG2E)); }

typedef struct {
  int batch, length, dim, threads, thread;
  const float *u, *delta, *A, *B, *C, *D, *z, *bias;
  float *out;
} work;

static void scan(const work *w, int b, int d) {
  vec A[STATE], h[STATE];
  for (int n = 0; n < STATE; n++) {
    A[n] = load(w->A + n * w->dim + d);
    h[n] = all(0);
  }
  vec D = load(w->D + d), bias = load(w->bias + d);
  for (long t = 0; t < w->length; t++) {
    long row = (long)b * w->length + t, at = row * w->dim + d;
    const float *B = w->B + row * STATE, *C = w->C + row * STATE;
    vec u = load(w->u + at), z = load(w->z + at);
    vec step = softplus(load(w->delta + at) + bias);
    vec drive = step * u, y = D * u;
    for (int n = 0; n < STATE; n++) {
      h[n] = exp2v(step * A[n]) * h[n] + drive * B[n];
      y += h[n] * C[n];
    }
    store(w->out + at, y * z * sigmoid(z));
  }
}

static void *share(void *argument) {
  const work *w = argument;
  int blocks = w->dim / LANES;
  for (int i = w->thread; i < w->batch * blocks; i += w->threads)
    scan(w, i / blocks, i % blocks * LANES);
  return 0;
}

/* Runs the scan on `threads` threads and returns when it is done. */
void selective_scan(int batch, int length, int dim, int threads, const float *u,
                    const float *delta, const float *A, const float *B, const float *C,
                    const float *D, const float *z, const float *bias, float *out) {
  pthread_t ids[64];
  work parts[64];
  if (threads > 64) threads = 64;
  for (int i = 0; i < threads; i++) {
    parts[i] = (work){batch, length, dim, threads, i, u, delta, A, B, C, D, z, bias, out};
    if (i) pthread_create(&ids[i], 0, share, &parts[i]);
  }
  share(&parts[0]);
  for (int i = 1; i < threads; i++) pthread_join(ids[i], 0);
}
