/**
 * Super-packets of the host's segmentation offload, taken apart and put together (linux/virtio_net.h).
 */
@NullMarked
package org.ikebana.kernel.tun.offload;

import org.jspecify.annotations.NullMarked;
