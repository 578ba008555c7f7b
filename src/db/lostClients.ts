import type pg from 'pg'

/**
 * Lets a connection end without ending the program. The pool listens for errors of idle clients only; one that ends in use,
 * with no question running, would reach nobody. Its next question fails, and the pool replaces it.
 */
export function outliveLostClients(pool: pg.Pool): pg.Pool {
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}
