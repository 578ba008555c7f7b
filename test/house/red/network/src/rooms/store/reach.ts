import { connect } from 'node:net' // red
import http from 'node:http' // red
import { request } from 'https' // red
import tls from 'node:tls' // red
import dgram from 'node:dgram' // red
import pg from 'pg' // red
import { createTransport } from 'nodemailer' // red
import Stripe from 'stripe' // red
import { serve } from '@hono/node-server' // red
import axios from 'axios' // red
import { spawn } from 'node:child_process' // red
import { Hono } from 'hono'
import { createHash } from 'node:crypto'
export const later = () => import('undici') // red
export const get = () => fetch('https://example.org') // red
export const kept = { fetch } // red
export const hidden = () => globalThis.fetch('https://example.org') // red
export const socket = () => new WebSocket('wss://example.org') // red
export const free = (app: Hono) => [app.fetch, createHash]
export const all = [connect, http, request, tls, dgram, pg, createTransport, Stripe, serve, axios, spawn]
